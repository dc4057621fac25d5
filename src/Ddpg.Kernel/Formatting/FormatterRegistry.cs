using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;

namespace Ddpg.Kernel.Formatting;

/// <summary>What a session knows about showing values: registrations of its cells, the by-name convention, and defaults.</summary>
internal sealed class FormatterRegistry
{
    private readonly Lock _lock = new();
    private readonly List<(Type Type, string MimeType, Action<object, TextWriter> Write)> _registered = [];
    private readonly Dictionary<Type, string[]> _preferred = [];

    internal void Register(Type type, string mimeType, Action<object, TextWriter> write)
    {
        lock (_lock)
            _registered.Insert(0, (type, mimeType, write));
    }

    internal void Prefer(Type type, string[] mimeTypes)
    {
        lock (_lock)
            _preferred[type] = mimeTypes;
    }

    internal void Reset()
    {
        lock (_lock)
        {
            _registered.Clear();
            _preferred.Clear();
        }
    }

    /// <summary>Every representation of a value that a front end may choose from, the best first.</summary>
    internal MimeBundle Format(object? value, params string[] mimeTypes)
    {
        if (value is null && mimeTypes.Length == 0) return MimeBundle.Text("<null>");
        var bundle = new MimeBundle();
        foreach (string mimeType in mimeTypes.Length > 0 ? mimeTypes : MimeTypesOf(value!))
            bundle.Add(mimeType, FormatAs(value, mimeType));
        return bundle;
    }

    internal string FormatAs(object? value, string mimeType)
    {
        if (value is not null && Find(value.GetType(), mimeType) is { } write)
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            write(value, writer);
            return writer.ToString();
        }

        return mimeType switch
        {
            "text/html" => ToHtml(value),
            _ when MimeBundle.IsJson(mimeType) && value is not string => JsonSerializer.Serialize(value, ReadableJson),
            _ when value is IHtmlContent or string => value.ToString()!,
            _ => PlainText.Of(value),
        };
    }

    private static JsonSerializerOptions ReadableJson { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string ToHtml(object? value)
    {
        if (value is not IHtmlContent content) return ObjectHtml.Of(value);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    private IReadOnlyList<string> MimeTypesOf(object value)
    {
        Type type = value.GetType();
        string[] registered;
        lock (_lock)
        {
            if (_preferred.Keys.FirstOrDefault(key => Covers(key, type)) is { } key) return _preferred[key];
            registered = [.. _registered.Where(entry => Covers(entry.Type, type)).Select(entry => entry.MimeType).Distinct()];
        }

        TypeFormatterSource? source = TypeFormatterSource.Of(type);
        if (registered.Length + (source?.MimeTypes.Count ?? 0) > 0)
            return [.. registered.Concat(source?.MimeTypes ?? []).Append("text/plain").Distinct()];
        if (value is IHtmlContent) return ["text/html"];
        return PlainText.IsBestFor(type) ? ["text/plain"] : ["text/html", "text/plain"];
    }

    private Action<object, TextWriter>? Find(Type type, string mimeType)
    {
        lock (_lock)
        {
            // Exact types before bases, later registrations before earlier ones.
            var matching = _registered.Where(entry => entry.MimeType == mimeType && Covers(entry.Type, type)).ToList();
            if (matching.Count > 0) return (matching.Find(entry => entry.Type == type).Write) ?? matching[0].Write;
        }

        return TypeFormatterSource.Of(type)?.Find(mimeType);
    }

    private static bool Covers(Type registered, Type type) =>
        registered.IsAssignableFrom(type)
        || (registered.IsGenericTypeDefinition && BasesOf(type).Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == registered));

    private static IEnumerable<Type> BasesOf(Type type)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
            yield return current;
        foreach (Type implemented in type.GetInterfaces())
            yield return implemented;
    }
}
