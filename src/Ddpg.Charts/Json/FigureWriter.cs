using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ddpg.Charts;

/// <summary>Writes figures as JSON. The same figure gives the same bytes under any culture.</summary>
internal static class FigureWriter
{
    public static string Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            body(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Members(Utf8JsonWriter writer, Members members)
    {
        foreach ((string name, object? value) in members.Values)
        {
            writer.WritePropertyName(name);
            Value(writer, value);
        }
    }

    public static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case double number: Number(writer, number); break;
            case Members members:
                writer.WriteStartObject();
                Members(writer, members);
                writer.WriteEndObject();
                break;
            case double[] numbers:
                writer.WriteStartArray();
                foreach (double number in numbers)
                    Number(writer, number);
                writer.WriteEndArray();
                break;
            case object?[] items:
                writer.WriteStartArray();
                foreach (object? item in items)
                    Value(writer, item);
                writer.WriteEndArray();
                break;
            default: writer.WriteNullValue(); break;
        }
    }

    // JSON has no NaN and no infinity; plotly.js leaves a gap at null.
    private static void Number(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}
