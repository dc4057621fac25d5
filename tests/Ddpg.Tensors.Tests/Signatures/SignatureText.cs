using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ddpg.SignatureText;

/// <summary>
/// One line of text per visible fact about a type: its kind, what it derives from, each public or protected member with parameter names,
/// order, types, nullability and defaults. The recorder writes upstream's lines with it, the test ours, so that both read alike.
/// </summary>
/// <remarks><c>~</c> after a reference type means that its library says nothing about null there; it matches with and without <c>?</c>.</remarks>
public static class SignatureLines
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public static IEnumerable<Type> VisibleTypes(Assembly assembly, string rootNamespace) =>
        assembly.GetTypes().Where(t => IsVisible(t) && (t.Namespace == rootNamespace || t.Namespace?.StartsWith(rootNamespace + ".", StringComparison.Ordinal) == true))
            .OrderBy(t => t.FullName, StringComparer.Ordinal);

    /// <summary>The lines of one type, each with the member name that it belongs to (empty for the type itself).</summary>
    /// <param name="inherited">With the members of base types (upstream), or only those declared here (ours).</param>
    public static IEnumerable<(string Member, string Line)> Of(Type type, bool inherited)
    {
        string owner = TypeText.Name(type);
        yield return ("", $"{owner} is {Kind(type)}");
        for (Type? parent = type.BaseType; parent is not null && parent != typeof(object); parent = parent.BaseType)
        {
            if (parent.IsPublic || parent.IsNestedPublic)
            {
                yield return ("", $"{owner} : {TypeText.Name(parent)}");
            }
        }
        foreach (Type contract in type.GetInterfaces().Where(i => i.IsPublic || i.IsNestedPublic))
        {
            yield return ("", $"{owner} : {TypeText.Name(contract)}");
        }
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            yield return ("Invoke", $"{owner}: {MethodText(type.GetMethod("Invoke")!)}");
            yield break;
        }
        BindingFlags flags = Everything | (inherited ? BindingFlags.FlattenHierarchy : BindingFlags.DeclaredOnly);
        foreach (MemberInfo member in type.GetMembers(flags))
        {
            foreach (string text in MemberLines(member))
            {
                yield return (NameOf(member), $"{owner}: {text}");
            }
        }
    }

    /// <summary>An indexer's metadata name cannot be seen from C#.</summary>
    private static string NameOf(MemberInfo member) => member is PropertyInfo property && property.GetIndexParameters().Length > 0 ? "this" : member.Name;

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum " + TypeText.Name(Enum.GetUnderlyingType(type));
        }
        string kind = type.IsInterface ? "interface" : type.IsSubclassOf(typeof(Delegate)) ? "delegate" : type.IsValueType ? "struct" : "class";
        if (kind != "class")
        {
            return kind;
        }
        return type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
    }

    private static IEnumerable<string> MemberLines(MemberInfo member)
    {
        switch (member)
        {
            case MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)):
                yield return MethodText(method);
                break;
            case ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic:
                yield return $"{Access(constructor)}.ctor({Parameters(constructor)})";
                break;
            case PropertyInfo property:
                string index = string.Join(", ", property.GetIndexParameters().Select(ParameterText));
                foreach (MethodInfo accessor in property.GetAccessors(nonPublic: true).Where(IsVisible))
                {
                    string kind = accessor.ReturnType == typeof(void) ? "set" : "get";
                    string type = TypeText.Name(property.PropertyType, TypeText.Nullability(property), property);
                    yield return $"{Access(accessor)}{Modifiers(accessor)}{type} {NameOf(property)}{(index.Length > 0 ? $"[{index}]" : "")} {{ {kind}; }}";
                }
                break;
            case FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly:
                if (field.DeclaringType!.IsEnum)
                {
                    if (field.IsLiteral)
                    {
                        yield return string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {field.GetRawConstantValue()}");
                    }
                    break;
                }
                string fieldType = TypeText.Name(field.FieldType, TypeText.Nullability(field), field);
                string access = (field.IsPublic ? "" : "protected ") + (field.IsStatic ? "static " : "");
                yield return $"{access}field {fieldType} {field.Name} {{ get; }}";
                if (!field.IsInitOnly && !field.IsLiteral)
                {
                    yield return $"{access}field {fieldType} {field.Name} {{ set; }}";
                }
                break;
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return "static ";
        }
        bool open = method.IsVirtual && !method.IsFinal && !method.DeclaringType!.IsSealed && !method.DeclaringType.IsInterface;
        return !open ? "" : method.IsAbstract ? "abstract " : "virtual ";
    }

    private static string MethodText(MethodInfo method)
    {
        string generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeText.MethodParameter))}>" : "";
        string result = TypeText.Name(method.ReturnType, TypeText.Nullability(method.ReturnParameter), method.ReturnParameter);
        return $"{Access(method)}{Modifiers(method)}{result} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method)
    {
        string text = string.Join(", ", method.GetParameters().Select(ParameterText));
        return method.IsDefined(typeof(ExtensionAttribute), false) ? "this " + text : text;
    }

    private static string ParameterText(ParameterInfo parameter)
    {
        string way = parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) ? "params "
            : !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string text = $"{way}{TypeText.Name(type, TypeText.Nullability(parameter), parameter)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter)
    {
        object? value = parameter.RawDefaultValue;
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value switch
        {
            null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ when type.IsEnum => $"{TypeText.Name(type)}.{Enum.ToObject(type, value)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}
