using System.Globalization;
using System.Xml.Linq;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Viewing;

namespace Ddpg.Tests.Viewing;

[Trait("Speed", "tiny")]
public sealed class EpisodePlayerTests
{
    private static EpisodePlayer Swing(string title = "A swing") => EpisodePlayer.Record(new Pendulum(), observation => [observation[2] > 0 ? 2 : -2], seed: 5, title: title);

    [Fact]
    public void An_episode_is_played_to_its_end()
    {
        EpisodePlayer player = Swing();
        var environment = new Pendulum();
        float[] observation = environment.Reset(5);
        double sum = 0;
        for (int step = 0; step < 200; step++)
        {
            StepResult result = environment.Step([observation[2] > 0 ? 2 : -2]);
            observation = result.Observation;
            sum += result.Reward;
        }
        Assert.Equal(200, player.Steps);
        Assert.Equal(sum, player.EpisodeReturn);
        Assert.True(player.Truncated);
        Assert.False(player.Terminated);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"A swing: 200 steps, return {sum:0.#}"), player.ToString());
    }

    [Fact]
    public void The_page_part_is_small_and_the_same_each_time()
    {
        string html = Swing().ToHtml();
        Assert.InRange(html.Length, 1_000, 150_000);
        Assert.Equal(html, Swing().ToHtml());
        Assert.NotEqual(html, Swing("Another").ToHtml());
    }

    [Fact]
    public void It_loads_nothing()
    {
        string html = Swing().ToHtml().Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_cannot_end_the_script()
    {
        string html = Swing("</script><b>").ToHtml();
        Assert.Single(html.Split("</script>").Skip(1));
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_still_picture_is_a_film_strip_with_words_for_screen_readers()
    {
        XElement strip = XElement.Parse(Swing("Up & away").ToSvg());
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal("Up & away", strip.Element(svg + "title")!.Value);
        Assert.Contains("200 steps", strip.Element(svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(["step 0", "step 50", "step 100", "step 150", "step 200"], strip.Elements(svg + "text").Skip(1).Select(text => text.Value));
        Assert.DoesNotContain("NaN", strip.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_episodes_keep_fewer_frames_and_their_last()
    {
        EpisodePlayer player = EpisodePlayer.Record(new MountainCarContinuous(), _ => [0], seed: 1);
        Assert.Equal(999, player.Steps);
        Assert.InRange(player.ToHtml().Length, 1_000, 150_000);
        Assert.Contains(">step 999<", player.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_can_be_asked_for_all_of_them()
    {
        Assert.Equal(1_000, EpisodePlayer.Record(new MountainCarContinuous(), _ => [0], seed: 1, mostFrames: 1_000).ToFrames().Count());
        Assert.Equal("mostFrames", Assert.Throws<ArgumentOutOfRangeException>(() => EpisodePlayer.Record(new Pendulum(), _ => [0], mostFrames: 1)).ParamName);
    }

    [Theory]
    [InlineData(null, 40)]
    [InlineData(0.1, 10)]
    public void It_plays_at_the_environments_own_pace_unless_told_another(double? secondsPerStep, double framesPerSecond)
    {
        EpisodePlayer player = EpisodePlayer.Record(new Slow(), _ => [0], maxSteps: 10, secondsPerStep: secondsPerStep);
        Assert.Equal(framesPerSecond, player.FramesPerSecond, 1e-9);
    }

    [Fact]
    public void An_environment_without_a_pace_of_its_own_is_played_at_twenty_steps_a_second() =>
        Assert.Equal(20, EpisodePlayer.Record(new Pendulum(), _ => [0], seed: 1, maxSteps: 10).FramesPerSecond, 1e-9);

    [SkippableTheory]
    [InlineData("Hopper-v4", 125)]
    [InlineData("HalfCheetah-v4", 20)]
    [InlineData("Humanoid-v4", 1 / 0.015)]
    public void A_robot_is_played_at_the_pace_of_its_time_step(string id, double stepsPerSecond)
    {
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        IEnvironment robot = EnvironmentRegistry.Make(id);
        EpisodePlayer player = EpisodePlayer.Record(robot, _ => new float[robot.ActionSpace.Length], seed: 1, maxSteps: 20);
        Assert.Equal(stepsPerSecond, player.FramesPerSecond, 1e-9);
    }

    [Fact]
    public void A_start_of_ones_own_is_not_reset()
    {
        var pendulum = new Pendulum();
        EpisodePlayer player = EpisodePlayer.Record(pendulum, _ => [0], start: pendulum.SetState(0, 0), maxSteps: 20);
        Assert.Equal(20, player.Steps);
        Assert.Equal(0, player.EpisodeReturn);
    }

    [Fact]
    public void An_environment_that_cannot_draw_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => EpisodePlayer.Record(new Blind(), _ => [0]));
        Assert.StartsWith("Blind-v0 cannot be recorded: its class Blind does not implement IDrawable.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_find_by_name_how_a_player_is_shown()
    {
        object attribute = Assert.Single(typeof(EpisodePlayer).GetCustomAttributes(false), found => found.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), [])!;
        Assert.Equal(["text/html", "image/svg+xml", "text/plain"], formatters.Select(formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!));
        foreach (object formatter in formatters)
        {
            using var writer = new StringWriter();
            Assert.Equal(true, formatter.GetType().GetMethod("Format")!.Invoke(formatter, [Swing(), writer]));
            Assert.NotEmpty(writer.ToString());
        }
    }

    /// <summary>A step of it lasts a fortieth of a second.</summary>
    private sealed class Slow : IEnvironment, IDrawable
    {
        public string Id => "Slow-v0";

        public Box ObservationSpace { get; } = new(-1, 1, 1);

        public Box ActionSpace { get; } = new(-1, 1, 1);

        public int MaxEpisodeSteps => 100;

        public DrawingBounds Bounds => new(0, 0, 1, 1);

        public double TimeStep => 0.025;

        public float[] Reset(ulong? seed = null) => [0];

        public StepResult Step(ReadOnlySpan<float> action) => new([0], 0, false, false);

        public void Draw(IDrawing drawing) => drawing.Circle(0.5, 0.5, 0.1, new DrawingStyle("#000000", "none", 0));
    }

    private sealed class Blind : IEnvironment
    {
        public string Id => "Blind-v0";

        public Box ObservationSpace { get; } = new(-1, 1, 1);

        public Box ActionSpace { get; } = new(-1, 1, 1);

        public int MaxEpisodeSteps => 1;

        public float[] Reset(ulong? seed = null) => [0];

        public StepResult Step(ReadOnlySpan<float> action) => new([0], 0, true, false);
    }
}
