using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ddpg.SignatureText;

/// <summary>Type names as C# writes them, nested types with dots, with tuple names and nullability.</summary>
public static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
    };

    public static string Name(Type type) => Name(type, null, null, new Queue<string?>());

    public static string Name(Type type, NullabilityInfo? nullability, ICustomAttributeProvider source) =>
        Name(type, nullability, source, TupleNames(source));

    public static NullabilityInfo? Nullability(ParameterInfo parameter) => Try(context => context.Create(parameter));

    public static NullabilityInfo? Nullability(PropertyInfo property) => Try(context => context.Create(property));

    public static NullabilityInfo? Nullability(FieldInfo field) => Try(context => context.Create(field));

    /// <summary>Null where the runtime cannot tell: it fails on members inherited through some generic bases.</summary>
    private static NullabilityInfo? Try(Func<NullabilityInfoContext, NullabilityInfo> create)
    {
        try
        {
            return create(new NullabilityInfoContext());
        }
        catch (IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static Queue<string?> TupleNames(ICustomAttributeProvider source)
    {
        object[] attributes = source.GetCustomAttributes(typeof(TupleElementNamesAttribute), false);
        return attributes.Length == 0 ? [] : new Queue<string?>(((TupleElementNamesAttribute)attributes[0]).TransformNames);
    }

    /// <summary>By position: a caller never names a method's type parameters.</summary>
    public static string MethodParameter(Type type) => string.Create(CultureInfo.InvariantCulture, $"T{type.GenericParameterPosition}");

    private static string Name(Type type, NullabilityInfo? nullability, ICustomAttributeProvider? source, Queue<string?> tupleNames)
    {
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, nullability?.ElementType, source, tupleNames)}[{new string(',', type.GetArrayRank() - 1)}]{Mark(type, nullability, source)}";
        }
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            NullabilityInfo? inner = nullability is { GenericTypeArguments.Length: > 0 } && !underlying.IsGenericType ? nullability.GenericTypeArguments[0] : null;
            return Name(underlying, inner, source, tupleNames) + "?";
        }
        if (type.IsConstructedGenericType && type.GetGenericTypeDefinition().FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal))
        {
            return Tuple(type, nullability, source, tupleNames);
        }
        if (type.IsPointer)
        {
            return Name(type.GetElementType()!) + "*";
        }
        return BareName(type, nullability, source, tupleNames) + Mark(type, nullability, source);
    }

    private static string Tuple(Type type, NullabilityInfo? nullability, ICustomAttributeProvider? source, Queue<string?> tupleNames)
    {
        Type[] elements = type.GetGenericArguments();
        string?[] names = [.. elements.Select(_ => tupleNames.TryDequeue(out string? name) ? name : null)];
        return $"({string.Join(", ", elements.Select((e, i) => Name(e, Argument(nullability, i), source, tupleNames) + (names[i] is { } n ? " " + n : "")))})";
    }

    private static string BareName(Type type, NullabilityInfo? nullability, ICustomAttributeProvider? source, Queue<string?> tupleNames)
    {
        if (type.IsGenericParameter)
        {
            return type.IsGenericMethodParameter ? MethodParameter(type) : type.Name;
        }
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }
        string prefix = type.IsNested ? Name(type.DeclaringType!) + "." : type.Namespace is { Length: > 0 } space ? space + "." : "";
        if (!type.IsGenericType)
        {
            return prefix + type.Name;
        }
        int inheritedCount = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        IEnumerable<string> arguments = type.GetGenericArguments().Select((a, i) => Name(a, Argument(nullability, i), source, tupleNames)).Skip(inheritedCount);
        string bare = type.Name.Split('`')[0];
        return prefix + (type.Name.Contains('`', StringComparison.Ordinal) ? $"{bare}<{string.Join(", ", arguments)}>" : bare);
    }

    private static NullabilityInfo? Argument(NullabilityInfo? nullability, int index) =>
        nullability is not null && index < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[index] : null;

    private static string Mark(Type type, NullabilityInfo? nullability, ICustomAttributeProvider? source)
    {
        if (type.IsValueType || type.IsGenericParameter || nullability is null)
        {
            return type.IsValueType || type.IsGenericParameter || source is null ? "" : "~";
        }
        NullabilityState state = nullability.ReadState == NullabilityState.Unknown ? nullability.WriteState : nullability.ReadState;
        return state switch { NullabilityState.Nullable => "?", NullabilityState.Unknown => "~", _ => "" };
    }
}
