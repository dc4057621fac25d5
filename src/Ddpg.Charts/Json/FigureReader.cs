using System.Text;
using System.Text.Json;
using XPlot.Plotly;

namespace Ddpg.Charts;

/// <summary>Reads a chart's traces and layout, which XPlot.Plotly keeps private, from the script that it writes: <c>var data = […]; var layout = {…};</c>.</summary>
internal static class FigureReader
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 256 };

    /// <exception cref="InvalidOperationException">The script has another form than that of XPlot.Plotly 4.1.0.</exception>
    public static (Members[] Traces, Members Layout) Read(PlotlyChart chart)
    {
        // A chart without traces has no script yet: XPlot throws.
        string script = chart.GetPlottingJS();
        object? data = After(ref script, "var data =");
        // No layout is an empty string.
        object? layout = After(ref script, "var layout =");
        return ([.. (data as object?[] ?? []).OfType<Members>()], layout as Members ?? new Members());
    }

    /// <summary>One JSON value as <see cref="Members"/> describes it.</summary>
    public static object? Parse(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Deep);
        reader.Read();
        return Value(ref reader);
    }

    // A reader finds where the value ends, whatever is written in its strings.
    private static object? After(ref string script, string declaration)
    {
        int at = script.IndexOf(declaration, StringComparison.Ordinal);
        if (at < 0)
            throw new InvalidOperationException($"XPlot.Plotly's script has no \"{declaration}\"; Ddpg.Charts reads that of version 4.1.0. It begins: {script[..Math.Min(80, script.Length)]}");
        byte[] rest = Encoding.UTF8.GetBytes(script[(at + declaration.Length)..]);
        // More than one value, because the script goes on behind it.
        var reader = new Utf8JsonReader(rest, isFinalBlock: false, new JsonReaderState(Deep));
        reader.Read();
        object? value = Value(ref reader);
        script = Encoding.UTF8.GetString(rest.AsSpan((int)reader.BytesConsumed));
        return value;
    }

    private static object? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.StartObject => Object(ref reader),
        JsonTokenType.StartArray => Array(ref reader),
        _ => null,
    };

    private static Members Object(ref Utf8JsonReader reader)
    {
        var members = new Members();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            reader.Read();
            members.Set(name, Value(ref reader));
        }
        return members;
    }

    private static object Array(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        bool numbers = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            object? item = Value(ref reader);
            numbers &= item is double or null;
            items.Add(item);
        }
        return numbers && items.Count > 0 ? items.ConvertAll(item => item as double? ?? double.NaN).ToArray() : items.ToArray();
    }
}
