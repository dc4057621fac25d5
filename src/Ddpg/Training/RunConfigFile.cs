using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Agents;

namespace Ddpg.Training;

/// <summary>Reads a run's config.json, which people edit; a fault names the field, what it holds and what it may hold.</summary>
internal static class RunConfigFile
{
    /// <exception cref="InvalidDataException">Something in it is wrong.</exception>
    public static RunConfig Read(string path)
    {
        try
        {
            JsonObject config = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new FormatException("it holds no object in braces.");
            return new RunConfig(
                Required(config, "environment", "a text in quotes", node => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null),
                Required(config, "seed", "an integer from 0", Whole) ?? 0,
                (long)(Required(config, "totalSteps", "an integer from 1", node => Whole(node) is > 0 and <= long.MaxValue ? Whole(node) : null) ?? 0),
                config["evaluationSeed"] is null ? null : Required(config, "evaluationSeed", "an integer from 0, or null for a run without evaluations", Whole),
                Hyperparameters.FromJson(Required(config, "hyperparameters", "an object in braces", node => node as JsonObject).ToJsonString()));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {exception.Message.Split('\n')[0].TrimEnd()}", exception);
        }
    }

    private static ulong? Whole(JsonNode node) => node.GetValueKind() == JsonValueKind.Number && ulong.TryParse(node.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    private static T Required<T>(JsonObject config, string name, string kind, Func<JsonNode, T?> read) =>
        config[name] is not { } node ? throw new FormatException($"{name} is missing; it must be {kind}.")
            : read(node) is { } value ? value : throw new FormatException($"{name} is {node.ToJsonString()}; it must be {kind}.");
}
