namespace Ddpg.Kernel.Execution;

internal static class TypeNames
{
    /// <summary>A type as C# writes it, without its namespace.</summary>
    internal static string Of(Type type)
    {
        if (type.IsArray) return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        string name = type.Name.Split('`')[0];
        if (name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)) name = "anonymous type";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }
}
