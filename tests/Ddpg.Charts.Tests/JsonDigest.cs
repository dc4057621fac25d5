using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ddpg.Charts.Tests;

/// <summary>A short text that is the same for JSON of the same meaning: members sorted, long arrays of numbers shown by count, sum, first and last.</summary>
public static class JsonDigest
{
    public static string Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(text, document.RootElement, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement element, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when name == "title":
                // Ours is the object that plotly.js 3 wants; upstream's is its text alone.
                Write(text, element.GetProperty("text"), "");
                break;
            case JsonValueKind.Object:
                text.Append('{');
                foreach (JsonProperty member in element.EnumerateObject().Where(member => !member.Name.StartsWith('_')).OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    text.Append(member.Name).Append(": ");
                    Write(text, member.Value, member.Name);
                    text.Append("; ");
                }
                text.Append('}');
                break;
            case JsonValueKind.Array when element.GetArrayLength() > 8 && element.EnumerateArray().All(IsNumber):
                double[] values = [.. element.EnumerateArray().Select(Number)];
                text.Append(CultureInfo.InvariantCulture, $"[{values.Length} numbers, sum {values.Where(double.IsFinite).Sum():G9}, {values[0]:G9} … {values[^1]:G9}]");
                break;
            case JsonValueKind.Array when element.GetArrayLength() > 8:
                text.Append('[').Append(element.GetArrayLength()).Append(" items, ");
                Write(text, element[0], "");
                text.Append(" … ");
                Write(text, element[element.GetArrayLength() - 1], "");
                text.Append(']');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(text, item, "");
                    text.Append(", ");
                }
                text.Append(']');
                break;
            case JsonValueKind.Number:
                text.Append(element.GetDouble().ToString("G9", CultureInfo.InvariantCulture));
                break;
            default:
                // Newtonsoft writes NaN as a string; ours writes the null that plotly.js knows as a gap.
                text.Append(element.ValueKind == JsonValueKind.Null || element.ToString() == "NaN" ? "gap" : JsonSerializer.Serialize(element.ToString()));
                break;
        }
    }

    private static bool IsNumber(JsonElement item) => item.ValueKind is JsonValueKind.Number or JsonValueKind.Null || (item.ValueKind == JsonValueKind.String && item.GetString() == "NaN");

    private static double Number(JsonElement item) => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN;
}
