using System.Text.Json;
using System.Xml.Linq;
using Ddpg.Agents;
using Ddpg.Charts;
using Ddpg.Environments;
using Ddpg.Training;
using Ddpg.Viewing;
using Ddpg.Viewing.Film;

namespace Ddpg.Tests.Viewing;

public sealed class LandscapeFilmTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static DdpgAgent Agent(ulong seed = 1)
    {
        var pendulum = new Pendulum();
        return new DdpgAgent(pendulum.ObservationSpace, pendulum.ActionSpace, Hyperparameters.Pendulum, seed);
    }

    private static LandscapeFilm Film(params long[] steps)
    {
        var film = new LandscapeFilm("Up & away");
        foreach (long step in steps) film.Add(step, Agent((ulong)step));
        return film;
    }

    [Fact]
    public void A_training_that_is_filmed_is_the_same_training()
    {
        Hyperparameters settings = Hyperparameters.Pendulum with { StartSteps = 100, LearningStarts = 100 };
        double[] Weights(LandscapeFilm? film)
        {
            var pendulum = new Pendulum();
            var trainer = new Trainer(pendulum, new DdpgAgent(pendulum.ObservationSpace, pendulum.ActionSpace, settings, 3));
            film?.Add(0, trainer.Agent);
            trainer.EpisodeFinished += episode => film?.Add(episode.Step, trainer.Agent);
            trainer.Train(600);
            return [.. trainer.Agent.QNetwork.parameters().SelectMany(weights => weights.data<float>().ToArray()).Select(weight => (double)weight)];
        }
        var film = new LandscapeFilm("filmed");
        Assert.Equal(Weights(null), Weights(film));
        Assert.Equal([0, 200, 400, 600], film.Steps);
    }

    [Fact]
    public void It_holds_a_picture_of_each_moment_and_loads_nothing()
    {
        string html = Film(0, 5, 10).ToHtml();
        Assert.Equal(html, Film(0, 5, 10).ToHtml());
        Assert.NotEqual(html, Film(0, 5, 11).ToHtml());
        Assert.InRange(html.Length, 10_000, 60_000);
        Assert.DoesNotContain("http", html.Replace(Svg.NamespaceName, "", StringComparison.Ordinal), StringComparison.Ordinal);
        string data = html[(html.IndexOf("})({", StringComparison.Ordinal) + 3)..html.LastIndexOf(");", StringComparison.Ordinal)];
        JsonElement film = JsonDocument.Parse(data).RootElement;
        Assert.Equal(["after 0 steps", "after 5 steps", "after 10 steps"], film.GetProperty("captions").EnumerateArray().Select(caption => caption.GetString()));
        int cells = film.GetProperty("columns").GetInt32() * film.GetProperty("rows").GetInt32();
        Assert.All(film.GetProperty("maps").EnumerateArray(), maps => Assert.All(maps.EnumerateArray(), map => Assert.Equal(cells, map.GetString()!.Length)));
        Assert.All(film.GetProperty("colours").EnumerateArray(), colours => Assert.Equal(6 * 64, colours.GetString()!.Length));
        Assert.Equal(3, film.GetProperty("lines").GetArrayLength());
        Assert.Equal(film.GetProperty("maps").GetArrayLength(), film.GetProperty("maps").EnumerateArray().Select(maps => maps[0].GetString()).Distinct().Count());
    }

    [Fact]
    public void The_still_picture_shows_up_to_four_moments_with_words_for_screen_readers()
    {
        XElement still = XElement.Parse(Film(0, 1, 2, 3, 4, 5, 6).ToSvg());
        Assert.Equal("Up & away", still.Element(Svg + "title")!.Value);
        Assert.Contains("after 0 to 6 environment steps", still.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(["after 0 steps", "after 1 steps", "after 2 steps", "after 6 steps"], still.Descendants(Svg + "text").Select(text => text.Value).Where(text => text.StartsWith("after", StringComparison.Ordinal)));
        Assert.Equal(8, still.Descendants(Svg + "image").Count());
        Assert.Equal(2, XElement.Parse(Film(7).ToSvg()).Descendants(Svg + "image").Count());
    }

    [Fact]
    public void A_long_training_keeps_fewer_moments_and_the_last()
    {
        var film = new LandscapeFilm("long");
        DdpgAgent agent = Agent();
        for (int step = 0; step <= 101; step++) film.Add(step, agent);
        Assert.InRange(film.Steps.Count, 17, 33);
        Assert.Equal([0L, 4, 8], film.Steps.Take(3));
        Assert.Equal(101, film.Steps[^1]);
        Assert.Equal("long: 27 moments, to step 101", film.ToString());
    }

    [Fact]
    public void Wrong_uses_are_named()
    {
        Assert.Throws<InvalidOperationException>(() => new LandscapeFilm("empty").ToHtml());
        Assert.Contains("after 5 steps", Assert.Throws<ArgumentOutOfRangeException>(() => Film(5, 5)).Message, StringComparison.Ordinal);
        var car = new MountainCarContinuous();
        var agent = new DdpgAgent(car.ObservationSpace, car.ActionSpace, Hyperparameters.Pendulum, 1);
        Assert.Contains("The agent has 2 and 1", Assert.Throws<ArgumentException>(() => new LandscapeFilm("car").Add(0, agent)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_find_by_name_how_a_film_is_shown()
    {
        object attribute = Assert.Single(typeof(LandscapeFilm).GetCustomAttributes(false), found => found.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters")!.Invoke(Activator.CreateInstance(source), [])!;
        Assert.Equal(["text/html", "image/svg+xml", "text/plain"], formatters.Select(formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!));
        foreach (object formatter in formatters)
        {
            using var writer = new StringWriter();
            Assert.Equal(true, formatter.GetType().GetMethod("Format")!.Invoke(formatter, [Film(1), writer]));
            Assert.NotEmpty(writer.ToString());
        }
    }

    [Fact]
    public void The_line_runs_where_the_sign_changes_and_what_is_no_number_has_the_lowest_colour()
    {
        var range = new ColourRange(ColourScale.Of(Members.None), -1, 1);
        // Three velocities by three angles; 0 a quarter of the way from the first angle to the second, highest velocity on top.
        double[,] matrix = { { -1, 3, 3 }, { -1, 3, 3 }, { double.NaN, 3, -9 } };
        var map = new FilmMap(matrix, range);
        Assert.Equal("A__" + "A__", map.ToLetters()[3..].Replace("-", "_", StringComparison.Ordinal).Replace("9", "_", StringComparison.Ordinal));
        Assert.Equal("A", map.ToLetters()[..1]);
        Assert.Equal("A", map.ToLetters()[2..3]);
        Assert.Contains("M8 15l0 10", map.ZeroLine(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", map.ZeroLine(), StringComparison.Ordinal);
        Assert.Equal("", new FilmMap(new double[,] { { 1, 1 }, { 1, 1 } }, range).ZeroLine());
    }
}
