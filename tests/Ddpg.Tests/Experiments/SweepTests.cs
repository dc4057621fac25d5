using Ddpg.Agents;
using Ddpg.Experiments;

namespace Ddpg.Tests.Experiments;

[Trait("Speed", "tiny")]
public sealed class SweepTests
{
    private const string Grid = """
        {
          "format": 1,                       // comments are allowed
          "description": "two by two by two",
          "preset": "Pendulum",
          "set": { "TotalSteps": 2e4, "HiddenSizes": [32, 16], "Tau": 0.5 },
          "environments": [ "Pendulum-v1", { "id": "MountainCarContinuous-v0", "preset": "Td3", "set": { "Tau": 0.25 } } ],
          "explorations": [ "Normal", { "name": "ou dt 1", "set": { "Exploration": "OrnsteinUhlenbeck", "OrnsteinUhlenbeckDt": 1 } } ],
          "variants": [ { "name": "plain" }, { "name": "layer norm", "set": { "PolicyLayerNorm": true, "Tau": 0.125 } } ],
          "seeds": [ 1, 9 ],
        }
        """;

    [Fact]
    public void The_grid_is_the_product_of_its_axes_in_the_files_order()
    {
        Sweep sweep = Sweep.Parse(Grid);
        Assert.Equal("two by two by two", sweep.Description);
        Assert.Equal(16, sweep.Cells.Count);
        Assert.Equal(
            ["Pendulum-v1, Normal, plain, seed 1", "Pendulum-v1, Normal, plain, seed 9", "Pendulum-v1, Normal, layer norm, seed 1"],
            sweep.Cells.Take(3).Select(cell => cell.Name));
        Assert.Equal("MountainCarContinuous-v0.ou_dt_1.layer_norm.seed-9", sweep.Cells[^1].FolderName);
        Assert.Equal(16, sweep.Cells.Select(cell => cell.FolderName).Distinct().Count());
        Assert.Equal(16, sweep.Cells.Select(cell => cell.Fingerprint).Distinct().Count());
    }

    [Fact]
    public void The_last_preset_counts_and_settings_apply_from_the_outside_in()
    {
        Sweep sweep = Sweep.Parse(Grid);
        Assert.Equal(
            Hyperparameters.Pendulum with { TotalSteps = 20_000, HiddenSizes = [32, 16], Tau = 0.5, Exploration = ExplorationKind.Normal },
            sweep.Cells[0].Hyperparameters);
        Assert.Equal(
            Hyperparameters.Td3 with { TotalSteps = 20_000, HiddenSizes = [32, 16], Tau = 0.125, Exploration = ExplorationKind.OrnsteinUhlenbeck, OrnsteinUhlenbeckDt = 1, PolicyLayerNorm = true },
            sweep.Cells[^1].Hyperparameters);
    }

    [Fact]
    public void Axes_left_out_are_one_default_that_names_do_not_mention()
    {
        Sweep sweep = Sweep.Parse("""{ "format": 1, "preset": "Pendulum", "environments": ["Pendulum-v1"], "seeds": [3] }""");
        SweepCell cell = Assert.Single(sweep.Cells);
        Assert.Equal(("Pendulum-v1, seed 3", "Pendulum-v1.seed-3", "default", "default"), (cell.Name, cell.FolderName, cell.Exploration, cell.Variant));
        Assert.Equal(Hyperparameters.Pendulum, cell.Hyperparameters);
    }

    [Fact]
    public void The_fingerprint_changes_with_settings_and_not_with_names()
    {
        SweepCell cell = Sweep.Parse("""{ "format": 1, "preset": "Pendulum", "environments": ["Pendulum-v1"], "seeds": [3] }""").Cells[0];
        Assert.Equal(cell.Fingerprint, (cell with { Exploration = "other", Variant = "other" }).Fingerprint);
        Assert.NotEqual(cell.Fingerprint, (cell with { Hyperparameters = cell.Hyperparameters with { Discount = 0.97 } }).Fingerprint);
        Assert.NotEqual(cell.Fingerprint, (cell with { FreshEpisodes = 10 }).Fingerprint);
    }

    [Theory]
    [InlineData("s.json is not JSON", "{")]
    [InlineData("s.json is not JSON", """{ "format": 1, "format": 1 }""")]
    [InlineData("must be an object in braces, not a list", "[]")]
    [InlineData("format is missing", "{}")]
    [InlineData("format is 2; this version of the kit reads format 1", """{ "format": 2 }""")]
    [InlineData("has the unknown key \"seed\"; known are format, description, preset", """{ "format": 1, "seed": 1 }""")]
    [InlineData("environments is missing", """{ "format": 1, "seeds": [1] }""")]
    [InlineData("environments is an empty list, so there is nothing to run", """{ "format": 1, "environments": [], "seeds": [1] }""")]
    [InlineData("explorations is an empty list, so there is nothing to run", """{ "format": 1, "environments": ["Pendulum-v1"], "explorations": [], "seeds": [1] }""")]
    [InlineData("seeds is an empty list", """{ "format": 1, "environments": ["Pendulum-v1"], "seeds": [] }""")]
    [InlineData("seeds is missing or no list", """{ "format": 1, "environments": ["Pendulum-v1"], "seeds": 5 }""")]
    [InlineData("seeds has a seed twice", """{ "format": 1, "environments": ["Pendulum-v1"], "seeds": [1, 1] }""")]
    [InlineData("seeds[1] is -2; it must be an integer in [0,", """{ "format": 1, "environments": ["Pendulum-v1"], "seeds": [1, -2] }""")]
    [InlineData("environments has 'Pendulum-v1' twice", """{ "format": 1, "environments": ["Pendulum-v1", "Pendulum-v1"], "seeds": [1] }""")]
    [InlineData("environments[0] names the environment 'Pendulum', which does not exist; known are ", """{ "format": 1, "environments": ["Pendulum"], "seeds": [1] }""")]
    [InlineData("environments[0] has the unknown key \"name\"; known are id, preset, set", """{ "format": 1, "environments": [{ "name": "Pendulum-v1" }], "seeds": [1] }""")]
    [InlineData("s.json, preset: There is no preset 'Best'; known are Post, Paper,", """{ "format": 1, "preset": "Best", "environments": ["Pendulum-v1"], "seeds": [1] }""")]
    [InlineData("s.json, set.Gamma: There is no hyperparameter 'Gamma'; known are Discount,", """{ "format": 1, "set": { "Gamma": 1 }, "environments": ["Pendulum-v1"], "seeds": [1] }""")]
    [InlineData("s.json, variants[0].set.Tau: Tau is 2; it must lie in [0, 1]", """{ "format": 1, "environments": ["Pendulum-v1"], "variants": [{ "name": "a", "set": { "Tau": 2 } }], "seeds": [1] }""")]
    [InlineData("explorations[0]: Exploration cannot be 'Gauss'; it must be None, Normal,", """{ "format": 1, "environments": ["Pendulum-v1"], "explorations": ["Gauss"], "seeds": [1] }""")]
    [InlineData("set.Tau must be a number, a text, true, false or a list of numbers, not null", """{ "format": 1, "set": { "Tau": null }, "environments": ["Pendulum-v1"], "seeds": [1] }""")]
    [InlineData("variants[0].name is 'a/b'; a name has", """{ "format": 1, "environments": ["Pendulum-v1"], "variants": [{ "name": "a/b" }], "seeds": [1] }""")]
    [InlineData("Pendulum-v1, seed 1 counts its intervals in episodes", """{ "format": 1, "environments": ["Pendulum-v1"], "seeds": [1] }""")]
    [InlineData("would never learn: LearningStarts is 1000 of 900 TotalSteps", """{ "format": 1, "preset": "Pendulum", "set": { "TotalSteps": 900 }, "environments": ["Pendulum-v1"], "seeds": [1] }""")]
    [InlineData("Pendulum-v1, seed 1: ", """{ "format": 1, "preset": "Pendulum", "set": { "Exploration": "OrnsteinUhlenbeck", "OrnsteinUhlenbeckDt": 20 }, "environments": ["Pendulum-v1"], "seeds": [1] }""")]
    public void What_is_wrong_in_a_file_is_said_with_its_place(string expected, string json)
    {
        string message = Assert.Throws<FormatException>(() => Sweep.Parse(json, file: "s.json")).Message;
        Assert.Contains(expected, message);
        Assert.StartsWith("s.json", message);
        Assert.DoesNotContain('\n', message);
    }
}
