using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Training;

namespace Ddpg.Experiments;

/// <summary>Turns a sweep file into its grid, and every fault in it into a message that says where it is.</summary>
/// <param name="file">What messages call the file.</param>
internal sealed partial class SweepFile(string file)
{
    private const int DefaultFreshEpisodes = 100;
    private static readonly string[] Keys = ["format", "description", "preset", "set", "environments", "explorations", "variants", "seeds", "freshEpisodes"];
    private static readonly string[] EnvironmentKeys = ["id", "preset", "set"];
    private static readonly string[] OptionKeys = ["name", "preset", "set"];

    public Sweep Read(JsonElement root, string name)
    {
        CheckKeys(root, "the file", Keys);
        int format = root.TryGetProperty("format", out JsonElement version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) ? number
            : throw Wrong("format", $"is missing or no integer; write \"format\": {Sweep.Format}");
        if (format != Sweep.Format)
            throw Wrong("format", $"is {format}; this version of the kit reads format {Sweep.Format}");

        string description = root.TryGetProperty("description", out JsonElement text) ? Text(text, "description") : "";
        int fresh = root.TryGetProperty("freshEpisodes", out JsonElement episodes) ? (int)Whole(episodes, "freshEpisodes", 1, 100_000) : DefaultFreshEpisodes;
        Option all = Settings(root, "", "the file");
        Option[] environments = List(root, "environments", required: true, Environment);
        Option[] explorations = List(root, "explorations", required: false, Exploration);
        Option[] variants = List(root, "variants", required: false, (element, where) => Named(element, where));
        ulong[] seeds = Seeds(root);

        var cells = new List<SweepCell>();
        foreach (Option environment in environments)
            foreach (Option exploration in explorations)
                foreach (Option variant in variants)
                {
                    Hyperparameters hyperparameters = Build([all, environment, exploration, variant]);
                    SweepCell[] runs = [.. seeds.Select(seed => new SweepCell(environment.Name, exploration.Name, variant.Name, seed, hyperparameters, fresh))];
                    Check(runs[0]);
                    cells.AddRange(runs);
                }
        return new Sweep(name, description, cells);
    }

    /// <summary>A point on one axis of the grid.</summary>
    private sealed record Option(string Name, string? Preset, IReadOnlyList<(string Name, string Value, string Where)> Assignments);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 ._=+\-]{0,59}$")]
    private static partial Regex NamePattern { get; }

    private Option[] List(JsonElement root, string key, bool required, Func<JsonElement, string, Option> read)
    {
        if (!root.TryGetProperty(key, out JsonElement list))
            return required ? throw Wrong(key, "is missing; list at least one") : [new Option(Sweep.DefaultName, null, [])];
        if (list.ValueKind != JsonValueKind.Array)
            throw Wrong(key, $"must be a list in brackets, not {Kind(list)}");
        Option[] options = [.. list.EnumerateArray().Select((element, index) => read(element, $"{key}[{index}]"))];
        if (options.Length == 0)
            throw Wrong(key, required ? "is an empty list, so there is nothing to run" : "is an empty list, so there is nothing to run; leave it out to have one, the settings' own");
        if (options.GroupBy(option => option.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Wrong(key, $"has '{twice.Key}' twice");
        return options;
    }

    private Option Environment(JsonElement element, string where)
    {
        Option option = element.ValueKind == JsonValueKind.String ? new Option(element.GetString()!, null, []) : Named(element, where, "id");
        return EnvironmentRegistry.Ids.Contains(option.Name) ? option
            : throw Wrong(where, $"names the environment '{option.Name}', which does not exist; known are {string.Join(", ", EnvironmentRegistry.Ids)}");
    }

    private Option Exploration(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.String)
            return Named(element, where);
        string name = element.GetString()!;
        return new Option(name, null, [(nameof(Hyperparameters.Exploration), name, where)]);
    }

    private Option Named(JsonElement element, string where, string key = "name")
    {
        CheckKeys(element, where, key == "id" ? EnvironmentKeys : OptionKeys);
        string name = element.TryGetProperty(key, out JsonElement text) ? Text(text, $"{where}.{key}") : throw Wrong(where, $"has no \"{key}\"");
        return NamePattern.IsMatch(name) ? Settings(element, name, where)
            : throw Wrong($"{where}.{key}", $"is '{name}'; a name has 1 to 60 letters, digits, spaces and . _ = + -, and begins with a letter or digit, because folders and CSV columns are named by it");
    }

    private Option Settings(JsonElement element, string name, string where)
    {
        string prefix = where == "the file" ? "" : where + ".";
        string? preset = element.TryGetProperty("preset", out JsonElement presetName) ? Text(presetName, prefix + "preset") : null;
        if (preset is not null)
            Guard(prefix + "preset", () => Hyperparameters.Preset(preset));
        var assignments = new List<(string, string, string)>();
        if (element.TryGetProperty("set", out JsonElement set))
        {
            if (set.ValueKind != JsonValueKind.Object)
                throw Wrong(prefix + "set", $"must be an object of names and values, not {Kind(set)}");
            foreach (JsonProperty property in set.EnumerateObject())
                assignments.Add((property.Name, Value(property.Value, $"{prefix}set.{property.Name}"), $"{prefix}set.{property.Name}"));
        }
        return new Option(name, preset, assignments);
    }

    private ulong[] Seeds(JsonElement root)
    {
        if (!root.TryGetProperty("seeds", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw Wrong("seeds", "is missing or no list; write for example \"seeds\": [1, 2, 3, 4, 5]");
        ulong[] seeds = [.. list.EnumerateArray().Select((element, index) => (ulong)Whole(element, $"seeds[{index}]", 0, long.MaxValue))];
        if (seeds.Length == 0)
            throw Wrong("seeds", "is an empty list, so there is nothing to run");
        return seeds.Distinct().Count() == seeds.Length ? seeds : throw Wrong("seeds", "has a seed twice; the two runs would be the same");
    }

    private Hyperparameters Build(Option[] options)
    {
        Hyperparameters hyperparameters = Hyperparameters.Preset(options.LastOrDefault(option => option.Preset is not null)?.Preset ?? nameof(Hyperparameters.Post));
        foreach ((string name, string value, string where) in options.SelectMany(option => option.Assignments))
            hyperparameters = Guard(where, () => hyperparameters.With(name, value));
        return hyperparameters;
    }

    /// <summary>Each setting may be sound and the whole still be impossible.</summary>
    private void Check(SweepCell cell)
    {
        Hyperparameters hyperparameters = cell.Hyperparameters;
        if (hyperparameters.IntervalUnit != IntervalUnit.Steps)
            throw Wrong(cell.Name, "counts its intervals in episodes, so its seeds would be evaluated at different steps and could not be compared; set \"IntervalUnit\": \"Steps\" and an \"EvaluationInterval\" in steps");
        if (hyperparameters.LearningStarts >= hyperparameters.TotalSteps)
            throw Wrong(cell.Name, $"would never learn: LearningStarts is {hyperparameters.LearningStarts} of {hyperparameters.TotalSteps} TotalSteps");
        // Whatever else cannot be built shows now, at no cost: one neuron, one transition.
        Guard(cell.Name, () => Trainer.Create(cell.Environment, hyperparameters with { HiddenSizes = [1], ReplayCapacity = 1 }, cell.Seed));
    }

    private T Guard<T>(string where, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            string message = exception.Message.Split('\n')[0].TrimEnd();
            int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
            throw new FormatException($"{file}, {where}: {(parameter < 0 ? message : message[..parameter])}", exception);
        }
    }

    private void CheckKeys(JsonElement element, string where, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(where, $"must be an object in braces, not {Kind(element)}");
        foreach (JsonProperty property in element.EnumerateObject())
            if (!known.Contains(property.Name))
                throw Wrong(where, $"has the unknown key \"{property.Name}\"; known are {string.Join(", ", known)}");
    }

    private string Value(JsonElement element, string where) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) => string.Join('-', element.EnumerateArray().Select(item => item.GetRawText())),
        _ => throw Wrong(where, $"must be a number, a text, true, false or a list of numbers, not {Kind(element)}"),
    };

    private string Text(JsonElement element, string where) => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong(where, $"must be a text in quotes, not {Kind(element)}");

    private long Whole(JsonElement element, string where, long low, long high) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value) && value >= low && value <= high ? value
            : throw Wrong(where, $"is {element.GetRawText()}; it must be an integer in [{low.ToString(CultureInfo.InvariantCulture)}, {high.ToString(CultureInfo.InvariantCulture)}]");

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private FormatException Wrong(string where, string what) => new($"{file}: {where} {what}.");
}
