using System.Globalization;
using System.Text.Json;
using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Tests.Environments;

/// <summary>What every environment of the kit must do.</summary>
[Trait("Speed", "tiny")]
public sealed class EnvironmentContractTests
{
    public static TheoryData<string> Ids => [.. EnvironmentRegistry.Ids];

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void The_registry_makes_it_under_its_own_id(string id) => Assert.Equal(id, Make(id).Id);

    [Fact]
    public void An_unknown_id_lists_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Make("Pendulum-v7")).Message;
        Assert.Contains("'Pendulum-v7'", message);
        foreach (string id in EnvironmentRegistry.Ids) Assert.Contains(id, message);
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Wrong_actions_and_calls_out_of_turn_are_refused_by_name(string id)
    {
        IEnvironment environment = Make(id);
        float[] good = environment.ActionSpace.Sample(new SeededRandom(1));
        Assert.Contains("call Reset before the first Step", Assert.Throws<InvalidOperationException>(() => environment.Step(good)).Message);
        environment.Reset(0);
        string length = Assert.Throws<ArgumentException>(() => environment.Step(new float[good.Length + 1])).Message;
        Assert.Contains($"{id} takes an action of {good.Length} number(s), got {good.Length + 1}", length);
        Assert.Throws<ArgumentException>(() => environment.Step([]));
        good[^1] = float.NaN;
        Assert.Contains($"action[{good.Length - 1}] is NaN", Assert.Throws<ArgumentException>(() => environment.Step(good)).Message);
        good[^1] = float.PositiveInfinity;
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => environment.Step(good)).Message);
        good[^1] = 0;
        while (!environment.Step(good).EpisodeEnded)
        {
        }
        Assert.Contains("call Reset to start the next one", Assert.Throws<InvalidOperationException>(() => environment.Step(good)).Message);
        environment.Reset();
        environment.Step(good);
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Saved_in_mid_episode_and_restored_elsewhere_it_goes_on_bit_for_bit(string id)
    {
        IEnvironment original = Make(id), copy = Make(id);
        SeededRandom actions = new(8, RandomStream.ActionSampling);
        original.Reset(12);
        for (int i = 0; i < 57; i++) StepOrReset(original, original.ActionSpace.Sample(actions));

        string json = JsonSerializer.Serialize(((IResumable)original).Save());
        ((IResumable)copy).Restore(JsonSerializer.Deserialize<EnvironmentSnapshot>(json)!);

        for (int i = 0; i < 1500; i++)
        {
            float[] action = original.ActionSpace.Sample(actions);
            Assert.Equal(StepOrReset(original, action), StepOrReset(copy, action));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void A_foreign_or_damaged_snapshot_is_refused(string id)
    {
        IEnvironment environment = Make(id);
        IResumable resumable = (IResumable)environment;
        Assert.Contains("before the first Reset", Assert.Throws<InvalidOperationException>(resumable.Save).Message);
        environment.Reset(1);
        EnvironmentSnapshot snapshot = resumable.Save();
        Assert.Contains("Other-v1", Assert.Throws<ArgumentException>(() => resumable.Restore(snapshot with { Id = "Other-v1" })).Message);
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => resumable.Restore(snapshot with { Values = [1] })).Message);
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => resumable.Restore(snapshot with { Steps = -1 })).Message);
        double[] broken = [.. snapshot.Values];
        broken[0] = double.NaN;
        Assert.Contains("damaged", Assert.Throws<ArgumentException>(() => resumable.Restore(snapshot with { Values = broken })).Message);
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void The_culture_changes_nothing(string id)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        IEnvironment environment = Make(id);
        string invariant = Describe(environment);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(invariant, Describe(environment));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Describe(IEnvironment environment)
        {
            environment.Reset(4);
            Picture picture = new();
            environment.Step(environment.ActionSpace.Sample(new SeededRandom(1)));
            (environment as IDrawable)?.Draw(picture);
            string error = Assert.Throws<ArgumentException>(() => environment.Step([float.NaN, float.NaN, float.NaN])).Message;
            return environment.ObservationSpace + error + string.Concat(picture.Texts);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void It_draws_finite_shapes_that_meet_its_bounds(string id)
    {
        IEnvironment environment = Make(id);
        IDrawable drawable = (IDrawable)environment;
        SeededRandom random = new(2);
        environment.Reset(4);
        for (int i = 0; i < 300; i++)
        {
            StepOrReset(environment, environment.ActionSpace.Sample(random));
            Picture picture = new();
            drawable.Draw(picture);
            Assert.True(picture.Shapes >= 5);
            Assert.True(picture.MinX < drawable.Bounds.MaxX && picture.MaxX > drawable.Bounds.MinX && picture.MinY < drawable.Bounds.MaxY && picture.MaxY > drawable.Bounds.MinY);
        }
    }

    private static IEnvironment Make(string id)
    {
        string? missing = EnvironmentRegistry.Missing(id);
        Skip.If(missing is not null, missing);
        return EnvironmentRegistry.Make(id);
    }

    private static (float First, double Reward, bool Terminated, bool Truncated) StepOrReset(IEnvironment environment, float[] action)
    {
        StepResult result = environment.Step(action);
        float first = result.EpisodeEnded ? environment.Reset()[0] : result.Observation[0];
        return (first, result.Reward, result.Terminated, result.Truncated);
    }

    private sealed class Picture : IDrawing
    {
        public int Shapes { get; private set; }

        public List<string> Texts { get; } = [];

        public double MinX { get; private set; } = double.PositiveInfinity;

        public double MaxX { get; private set; } = double.NegativeInfinity;

        public double MinY { get; private set; } = double.PositiveInfinity;

        public double MaxY { get; private set; } = double.NegativeInfinity;

        public void Line(double x1, double y1, double x2, double y2, DrawingStyle style)
        {
            Assert.NotEqual("none", style.Stroke);
            Assert.True(style.StrokeWidth > 0);
            Add(x1, y1);
            Add(x2, y2);
        }

        public void Circle(double x, double y, double radius, DrawingStyle style)
        {
            Assert.True(radius > 0);
            Add(x, y);
        }

        public void Polygon(ReadOnlySpan<double> xy, DrawingStyle style)
        {
            Assert.True(xy.Length >= 4 && xy.Length % 2 == 0);
            for (int i = 0; i < xy.Length; i += 2) Add(xy[i], xy[i + 1]);
        }

        public void Text(double x, double y, string text, DrawingStyle style)
        {
            Assert.True(style.TextHeight > 0);
            Texts.Add(text);
            Add(x, y);
        }

        private void Add(double x, double y)
        {
            Assert.True(double.IsFinite(x) && double.IsFinite(y));
            Shapes++;
            (MinX, MaxX, MinY, MaxY) = (Math.Min(MinX, x), Math.Max(MaxX, x), Math.Min(MinY, y), Math.Max(MaxY, y));
        }
    }
}
