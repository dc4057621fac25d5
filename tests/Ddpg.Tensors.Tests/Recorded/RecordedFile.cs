using System.Globalization;
using System.Text.Json;

namespace Ddpg.Tensors.Tests.Recorded;

/// <summary>A tensor as the recording holds it; the values are exact in <see cref="DType"/>, or shortest round-trip text of it.</summary>
public sealed record RecordedTensor(ScalarType? DType, long[] Shape, double[] Values)
{
    public Tensor ToTensor(ScalarType floatType)
    {
        using Tensor wide = tensor(Values, dtype: ScalarType.Float64);
        using Tensor shaped = wide.reshape(Shape);
        return shaped.to_type(DType ?? floatType, copy: true);
    }
}

/// <summary>What came out for one float type. A null gradient is one that PyTorch left undefined.</summary>
public sealed record RecordedResult(RecordedTensor[] Outputs, RecordedTensor?[]? Grads);

/// <summary>One line of <c>recorded.json</c>.</summary>
public sealed record RecordedCase(string Name, JsonElement Line, RecordedTensor[] Inputs, RecordedTensor[] Weights, Dictionary<ScalarType, RecordedResult> Results);

/// <summary>Reads <c>Golden/recorded.json</c>, made by <c>Golden/record_torch.py</c>.</summary>
public static class RecordedFile
{
    public static IReadOnlyList<RecordedCase> Cases { get; } = Read();

    /// <summary>The cases whose name starts with <paramref name="prefix"/>, by the rest of their names.</summary>
    public static Dictionary<string, RecordedCase> Family(string prefix) =>
        Cases.Where(c => c.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(c => c.Name[prefix.Length..]);

    private static List<RecordedCase> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", "recorded.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(line => ReadCase(line.Clone()))];
    }

    private static RecordedCase ReadCase(JsonElement line)
    {
        var results = new Dictionary<ScalarType, RecordedResult>();
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            if (line.TryGetProperty(type.ToString().ToLowerInvariant(), out JsonElement result))
            {
                RecordedTensor?[]? grads = result.TryGetProperty("grads", out JsonElement g) ? [.. g.EnumerateArray().Select(ReadTensor)] : null;
                results[type] = new RecordedResult(ReadTensors(result, "outputs"), grads);
            }
        }
        return new RecordedCase(line.GetProperty("name").GetString()!, line, ReadTensors(line, "inputs"), ReadTensors(line, "weights"), results);
    }

    private static RecordedTensor[] ReadTensors(JsonElement line, string property) =>
        line.TryGetProperty(property, out JsonElement list) ? [.. list.EnumerateArray().Select(item => ReadTensor(item)!)] : [];

    public static RecordedTensor? ReadTensor(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        ScalarType? type = item.TryGetProperty("dtype", out JsonElement name) ? Enum.Parse<ScalarType>(name.GetString()!, ignoreCase: true) : null;
        return new RecordedTensor(type, [.. item.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())], [.. item.GetProperty("values").EnumerateArray().Select(Number)]);
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => value.GetDouble(),
    };
}
