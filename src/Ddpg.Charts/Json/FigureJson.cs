using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace XPlot.Plotly;

/// <summary>Writes figures as the JSON that plotly.js 3 and later validates.</summary>
internal static class FigureJson
{
    // A notebook's outputs are about this wide at least; a legend needs more rows there than in the picture.
    private const double NarrowPage = 700;

    /// <summary>The figure as a bundle of type <c>application/vnd.plotly.v1+json</c>: data, layout with our theme as its template, config.</summary>
    public static string Bundle(PlotlyChart chart) => Write(JavaScriptEncoder.UnsafeRelaxedJsonEscaping, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        WriteTraces(writer, chart.Traces);
        writer.WritePropertyName("layout");
        WriteLayout(writer, chart);
        writer.WriteStartObject("config");
        writer.WriteBoolean("responsive", true);
        writer.WriteBoolean("displaylogo", false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The traces alone; every <c>&lt;</c> is escaped, so that the text can stand inside a script element.</summary>
    public static string Data(PlotlyChart chart) => Write(JavaScriptEncoder.Default, writer => WriteTraces(writer, chart.Traces));

    /// <summary>The layout alone, escaped like <see cref="Data"/>.</summary>
    public static string LayoutOf(PlotlyChart chart) => Write(JavaScriptEncoder.Default, writer => WriteLayout(writer, chart));

    private static string Write(JavaScriptEncoder encoder, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = encoder }))
            body(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTraces(Utf8JsonWriter writer, IReadOnlyList<Trace> traces)
    {
        writer.WriteStartArray();
        foreach (Trace trace in traces)
            WriteObject(writer, trace.Members);
        writer.WriteEndArray();
    }

    private static void WriteLayout(Utf8JsonWriter writer, PlotlyChart chart)
    {
        Members layout = chart.LayoutMembers;
        writer.WriteStartObject();
        WriteMembers(writer, layout);
        // Without a width, plotly.js takes the width of the page.
        if (layout.Number("width") is null && chart.HasExplicitWidth) writer.WriteNumber("width", chart.Width);
        if (layout.Number("height") is null) writer.WriteNumber("height", chart.Height);
        if (layout.Raw("margin") is null) WriteMargin(writer, chart);
        writer.WritePropertyName("template");
        writer.WriteRawValue(Theme.TemplateJson);
        writer.WriteEndObject();
    }

    /// <summary>plotly.js makes room for labels by itself, but lets title and legend collide, so they get the room that they have in the static picture.</summary>
    private static void WriteMargin(Utf8JsonWriter writer, PlotlyChart chart)
    {
        var page = new PageLayout(new Figure(chart), chart.PixelWidth, chart.PixelHeight);
        double legend = page.Legend is { IsEmpty: false, IsAbove: true } ? page.Legend.HeightInPlotly(chart.HasExplicitWidth ? chart.PixelWidth : NarrowPage) - page.Legend.Height + 12 : 0;
        writer.WriteStartObject("margin");
        writer.WriteNumber("l", 24);
        writer.WriteNumber("r", 24);
        writer.WriteNumber("t", (int)Math.Ceiling(page.Plot.Y + legend));
        writer.WriteNumber("b", 24);
        writer.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter writer, Members members)
    {
        writer.WriteStartObject();
        WriteMembers(writer, members);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Members members)
    {
        // An axis over another would take over the other's ticks, at crooked numbers.
        if (members.Raw("overlaying") is not null && members.Raw("tickmode") is null && members.Raw("tickvals") is null && members.Raw("dtick") is null)
            writer.WriteString("tickmode", "auto");
        foreach ((string name, object? value) in members.Values)
        {
            if (name is "titlefont" or "titleside") continue;
            writer.WritePropertyName(name);
            if (name == "title" && value is string) WriteTitle(writer, members);
            else WriteValue(writer, value);
        }
    }

    /// <summary>XPlot's <c>title</c>, <c>titlefont</c> and <c>titleside</c> are one object since plotly.js 3, which ignores the old spelling.</summary>
    private static void WriteTitle(Utf8JsonWriter writer, Members members)
    {
        writer.WriteStartObject();
        writer.WriteString("text", members.Text("title"));
        if (members.Child("titlefont") is { } font && font != Members.None)
        {
            writer.WritePropertyName("font");
            WriteObject(writer, font);
        }
        if (members.Text("titleside") is { } side) writer.WriteString("side", side);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case IPlotlyObject item: WriteObject(writer, item.Members); break;
            case float number: WriteFloat(writer, number); break;
            case double number: WriteDouble(writer, number); break;
            case DateTime time: writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)); break;
            case Array { Rank: 2 } matrix: WriteMatrix(writer, matrix); break;
            case IEnumerable items: WriteItems(writer, items); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case Enum or char: writer.WriteStringValue(value.ToString()); break;
            case IConvertible number: writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture)); break;
            default:
                throw new ArgumentException($"A chart cannot show a value of type {value.GetType()}; use numbers, strings, dates or arrays of them.");
        }
    }

    // JSON has no NaN and no infinity; plotly.js leaves a gap at null.
    private static void WriteDouble(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }

    private static void WriteFloat(Utf8JsonWriter writer, float number)
    {
        if (float.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (object? item in items)
            WriteValue(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteMatrix(Utf8JsonWriter writer, Array matrix)
    {
        writer.WriteStartArray();
        for (int row = 0; row < matrix.GetLength(0); row++)
        {
            writer.WriteStartArray();
            for (int column = 0; column < matrix.GetLength(1); column++)
                WriteValue(writer, matrix.GetValue(row, column));
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }
}
