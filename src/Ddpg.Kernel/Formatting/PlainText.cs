using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ddpg.Kernel.Formatting;

/// <summary>Values as short plain text, the same under every culture.</summary>
internal static class PlainText
{
    private const int MaximumItems = 20;
    private const int MaximumLength = 4_000;

    /// <summary>Whether text says all there is: numbers, strings, dates, and types that say by a ToString of their own how they want to be read.</summary>
    internal static bool IsBestFor(Type type) =>
        IsScalar(type) || (HasOwnToString(type) && !typeof(IEnumerable).IsAssignableFrom(type));

    internal static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || (Nullable.GetUnderlyingType(type) is { } inner && IsScalar(inner))
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) || type == typeof(DateOnly) || type == typeof(TimeOnly)
        || type == typeof(Guid) || type == typeof(Half) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(Version) || type == typeof(Uri)
        || typeof(Type).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type) || typeof(Task).IsAssignableFrom(type)
        || typeof(Stream).IsAssignableFrom(type) || typeof(Assembly).IsAssignableFrom(type) || type.IsPointer;

    internal static string Of(object? value) => value switch
    {
        null => "<null>",
        string text => text,
        Task task => $"{task.GetType().Name.Split('`')[0]} ({task.Status})",
        Type type => NameOf(type),
        IFormattable number when IsScalar(value.GetType()) => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items when !HasOwnToString(value.GetType()) => Shorten(Items(items)),
        _ => Shorten(HasToString(value.GetType()) ? value.ToString() ?? "" : NameOf(value.GetType())),
    };

    /// <summary>A type as C# writes it, without its namespace.</summary>
    internal static string NameOf(Type type)
    {
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        string name = type.Name.Split('`')[0];
        if (name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)) name = "anonymous type";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }

    /// <summary>Written by hand, not by the compiler for a record or an anonymous type, nor inherited from object.</summary>
    private static bool HasOwnToString(Type type) =>
        ToStringOf(type) is { DeclaringType: { } declaring } method && declaring != typeof(object) && declaring != typeof(ValueType)
        && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null && declaring.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && declaring.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) != true;

    private static bool HasToString(Type type) => ToStringOf(type) is { } method && method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType);

    private static MethodInfo? ToStringOf(Type type) => type.GetMethod("ToString", BindingFlags.Instance | BindingFlags.Public, []);

    private static string Items(IEnumerable items)
    {
        var texts = new List<string>();
        foreach (object? item in items)
        {
            if (texts.Count == MaximumItems)
            {
                texts.Add("…");
                break;
            }

            texts.Add(item is IEnumerable and not string ? NameOf(item.GetType()) : Of(item));
        }

        return $"[{string.Join(", ", texts)}]";
    }

    private static string Shorten(string text) => text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…");
}
