using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Ddpg.Agents;
using Ddpg.Networks;

namespace Ddpg.Tests.Agents;

[Trait("Speed", "tiny")]
public sealed class HyperparametersTests
{
    public static TheoryData<string> Numeric => [.. typeof(Hyperparameters).GetProperties()
        .Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(long) || property.PropertyType == typeof(double)).Select(property => property.Name)];

    public static TheoryData<string> Presets => [.. Hyperparameters.PresetNames];

    [Theory, MemberData(nameof(Numeric))]
    public void A_value_just_outside_its_range_is_refused_with_name_value_and_range(string name)
    {
        string range = Hyperparameters.RangeOf(name);
        (double low, double high) = Ends(range);
        foreach (double value in new[] { range.Contains('(') ? low : low - 1, high + 1, low - 1e6 })
        {
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Hyperparameters.Post.With(name, text));
            Assert.Contains(name, refused.Message);
            Assert.Contains(range[range.IndexOfAny(['(', '['])..], refused.Message);
        }
    }

    [Theory, MemberData(nameof(Numeric))]
    public void The_ends_of_a_range_are_accepted(string name)
    {
        string range = Hyperparameters.RangeOf(name);
        (double low, double high) = Ends(range);
        if (range.Contains('['))
            Assert.Equal(low, double.Parse(Hyperparameters.Post.With(name, low.ToString("R", CultureInfo.InvariantCulture)).ValueOf(name), CultureInfo.InvariantCulture));
        Assert.Equal(high, double.Parse(Hyperparameters.Post.With(name, high.ToString("R", CultureInfo.InvariantCulture)).ValueOf(name), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Not_a_number_is_refused() =>
        Assert.Contains("Tau is NaN; it must lie in [0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => Hyperparameters.Post with { Tau = double.NaN }).Message);

    [Fact]
    public void An_undefined_choice_is_refused_with_the_known_ones() =>
        Assert.Contains("Xavier, Uniform, Paper", Assert.Throws<ArgumentOutOfRangeException>(() => Hyperparameters.Post with { WeightInitialization = (WeightInitialization)9 }).Message);

    [Fact]
    public void Two_knobs_with_one_name_in_the_post_move_apart() =>
        Assert.Equal((0L, 5_000L), (Hyperparameters.Post with { StartSteps = 0 }) is var changed ? (changed.StartSteps, changed.LearningStarts) : default);

    [Theory]
    [InlineData("Tau", "0,01", "a number in [0, 1]")]
    [InlineData("MinibatchSize", "12.5", "an integer in [1, 65536]")]
    [InlineData("PolicyLayerNorm", "perhaps", "true or false")]
    [InlineData("Exploration", "Brownian", "None, Normal, OrnsteinUhlenbeck")]
    [InlineData("Exploration", "1", "None, Normal, OrnsteinUhlenbeck")]
    public void Text_that_is_no_value_is_refused_with_what_is_expected(string name, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Hyperparameters.Post.With(name, value)).Message);

    [Fact]
    public void An_unknown_name_is_refused_with_all_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(() => Hyperparameters.Post.With("Gamma", "0.9")).Message;
        Assert.All(Hyperparameters.Names, name => Assert.Contains(name, message));
    }

    [Fact]
    public void Step_counts_may_be_written_with_an_exponent_and_names_in_any_case() =>
        Assert.Equal(10_000, Hyperparameters.Post.With("totalsteps", "1e4").TotalSteps);

    [Fact]
    public void Hidden_sizes_are_compared_by_value_and_read_from_text()
    {
        Assert.Equal(Hyperparameters.Post with { HiddenSizes = [400, 300] }, Hyperparameters.Post.With("HiddenSizes", "400,300"));
        Assert.NotEqual(Hyperparameters.Post, Hyperparameters.Post with { HiddenSizes = [256] });
        Assert.Equal("400-300", Hyperparameters.Paper.HiddenSizes.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Hyperparameters.Post with { HiddenSizes = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Hyperparameters.Post with { HiddenSizes = [64, 0] });
        Assert.Throws<FormatException>(() => LayerSizes.Parse("64-"));
    }

    [Theory, MemberData(nameof(Presets))]
    public void Json_and_text_give_every_preset_back(string preset)
    {
        Hyperparameters original = Hyperparameters.Preset(preset);
        Assert.Equal(original, Hyperparameters.FromJson(original.ToJson()));
        Assert.Equal(original, Hyperparameters.Names.Aggregate(new Hyperparameters(), (copy, name) => copy.With(name, original.ValueOf(name))));
    }

    [Fact]
    public void Json_is_the_same_under_any_culture()
    {
        string expected = Hyperparameters.Paper.ToJson();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, Hyperparameters.Paper.ToJson());
            Assert.Equal(0.001, Hyperparameters.Post.With("Tau", Hyperparameters.Paper.ValueOf("Tau")).Tau);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("{\"Tau\": 2}", "Tau is 2")]
    [InlineData("{\"Gamma\": 0.9}", "Gamma")]
    [InlineData("{\"Tau\": ", "cannot be read")]
    [InlineData("null", "null")]
    [InlineData("{\"Exploration\": \"Brownian\"}", "Exploration")]
    public void Json_with_an_unknown_name_or_value_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => Hyperparameters.FromJson(json)).Message);

    [Fact]
    public void Presets_are_found_by_name_and_an_unknown_one_lists_them()
    {
        Assert.Same(Hyperparameters.Pendulum, Hyperparameters.Preset("pendulum"));
        Assert.Contains("Post, Paper, Pendulum, MountainCar, LunarLander, Robot, Td3", Assert.Throws<ArgumentException>(() => Hyperparameters.Preset("ppo")).Message);
    }

    /// <summary>Each summary says "Default: value (source …"; the values must be those that the constructor sets.</summary>
    [Fact]
    public void Documented_defaults_are_the_defaults()
    {
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(Hyperparameters).Assembly.Location, ".xml"));
        foreach (string name in Hyperparameters.Names)
        {
            XElement member = documentation.Descendants("member").Single(element => (string?)element.Attribute("name") == $"P:{typeof(Hyperparameters).FullName}.{name}");
            string summary = string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            string documented = summary[(summary.IndexOf("Default: ", StringComparison.Ordinal) + 9)..].Split(' ')[0].TrimEnd('.');
            Assert.Equal(new Hyperparameters().ValueOf(name), documented, ignoreCase: true);
            string range = Hyperparameters.RangeOf(name);
            if (range.IndexOfAny(['(', '[']) is >= 0 and int start)
                Assert.Contains(range[start..], summary);
        }
    }

    /// <summary>What the post's listing gives to generate_args, under its meaning here.</summary>
    [Fact]
    public void The_post_preset_is_the_posts_listing()
    {
        Hyperparameters post = Hyperparameters.Post;
        Assert.Equal(
            (100_000, 1_000, 1e-3, 1e-3, WeightInitialization.Xavier, BiasInitialization.Zeros),
            (post.TotalSteps, post.EpisodeLength, post.PolicyLearningRate, post.CriticLearningRate, post.WeightInitialization, post.BiasInitialization));
        Assert.Equal((1, 5_000, 5_000, 0.005, 1), (post.UpdatesPerStep, post.StartSteps, post.LearningStarts, post.Tau, post.TargetUpdateInterval));
        Assert.Equal((20, 3, 20, IntervalUnit.Episodes), (post.EvaluationInterval, post.EvaluationEpisodes, post.SaveInterval, post.IntervalUnit));
        Assert.Equal((0.99, 0.2, ExplorationKind.Normal, "256-256"), (post.Discount, post.NoiseStd, post.Exploration, post.HiddenSizes.ToString()));
        Assert.Equal((1, 1, 0.0, false, false), (post.Critics, post.PolicyDelay, post.TargetNoiseStd, post.PolicyLayerNorm, post.CriticLayerNorm));
    }

    /// <summary>Lillicrap et al. (2016), section 7.</summary>
    [Fact]
    public void The_paper_preset_is_the_papers_section_7()
    {
        Hyperparameters paper = Hyperparameters.Paper;
        Assert.Equal((1e-4, 1e-3, 1e-2, 0.99, 1e-3), (paper.PolicyLearningRate, paper.CriticLearningRate, paper.CriticWeightDecay, paper.Discount, paper.Tau));
        Assert.Equal(("400-300", 64, 1_000_000), (paper.HiddenSizes.ToString(), paper.MinibatchSize, paper.ReplayCapacity));
        Assert.Equal(
            (ExplorationKind.OrnsteinUhlenbeck, 0.15, 0.2, 1.0), (paper.Exploration, paper.OrnsteinUhlenbeckTheta, paper.NoiseStd, paper.OrnsteinUhlenbeckDt));
        Assert.Equal((WeightInitialization.Paper, BiasInitialization.Uniform), (paper.WeightInitialization, paper.BiasInitialization));
    }

    [Fact]
    public void The_td3_preset_has_its_three_ingredients()
    {
        Hyperparameters td3 = Hyperparameters.Td3;
        Assert.Equal((2, CriticTarget.Minimum, 2, 0.2, 0.5), (td3.Critics, td3.CriticTarget, td3.PolicyDelay, td3.TargetNoiseStd, td3.TargetNoiseClip));
        Assert.Equal((3e-4, 3e-4, 256, 0.005, 0.1), (td3.PolicyLearningRate, td3.CriticLearningRate, td3.MinibatchSize, td3.Tau, td3.NoiseStd));
    }

    [Fact]
    public void Every_hyperparameter_can_be_set_by_name() => Assert.All(Hyperparameters.Names, name =>
        Assert.NotNull(typeof(Hyperparameters).GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.SetMethod));

    private static (double Low, double High) Ends(string range)
    {
        string[] ends = range[(range.IndexOfAny(['(', '[']) + 1)..^1].Split(", ");
        return (double.Parse(ends[0], CultureInfo.InvariantCulture), double.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}
