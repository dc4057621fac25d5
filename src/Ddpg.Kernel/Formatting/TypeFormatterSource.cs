using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ddpg.Kernel.Formatting;

/// <summary>
/// .NET Interactive's by-name convention, for libraries that reference no kernel: an attribute class called <c>TypeFormatterSourceAttribute</c>
/// with <c>FormatterSourceType</c> and <c>PreferredMimeTypes</c>; the source's <c>CreateTypeFormatters()</c> returns objects with
/// <c>MimeType</c> and <c>Format(object, TextWriter)</c>. All representations that the source offers go into one bundle.
/// </summary>
internal sealed class TypeFormatterSource
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private static readonly ConditionalWeakTable<Type, StrongBox<TypeFormatterSource?>> Cache = [];
    private readonly List<(string MimeType, Action<object, TextWriter> Write)> _formatters = [];

    private TypeFormatterSource(Attribute attribute)
    {
        Type attributeType = attribute.GetType();
        if (attributeType.GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type sourceType) return;
        object? source = Activator.CreateInstance(sourceType, nonPublic: true);
        if (sourceType.GetMethod("CreateTypeFormatters")?.Invoke(source, null) is not IEnumerable formatters) return;
        foreach (object formatter in formatters)
            Add(formatter);
        var preferred = attributeType.GetProperty("PreferredMimeTypes")?.GetValue(attribute) as string[] ?? [];
        MimeTypes = [.. preferred.Where(mimeType => Find(mimeType) is not null).Concat(_formatters.Select(formatter => formatter.MimeType)).Distinct()];
    }

    internal IReadOnlyList<string> MimeTypes { get; } = [];

    internal static TypeFormatterSource? Of(Type type) => Cache.GetValue(type, static t => new(Create(t))).Value;

    internal Action<object, TextWriter>? Find(string mimeType) => _formatters.Find(formatter => formatter.MimeType == mimeType).Write;

    private static TypeFormatterSource? Create(Type type)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (AttributeOn(current) is { } attribute) return new(attribute);
        }

        return type.GetInterfaces().Select(AttributeOn).FirstOrDefault(attribute => attribute is not null) is { } inherited ? new(inherited) : null;
    }

    private static Attribute? AttributeOn(Type type) => type.GetCustomAttributes<Attribute>(inherit: false).FirstOrDefault(attribute => attribute.GetType().Name == AttributeName);

    private void Add(object formatter)
    {
        Type type = formatter.GetType();
        MethodInfo? format = type.GetMethod("Format", [typeof(object), typeof(TextWriter)]);
        if (format is null || type.GetProperty("MimeType")?.GetValue(formatter) is not string mimeType) return;
        _formatters.Add((mimeType, (value, writer) => format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, writer], null)));
    }
}
