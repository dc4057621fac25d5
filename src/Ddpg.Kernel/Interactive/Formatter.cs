using Ddpg.Kernel.Formatting;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How values of a type are shown; a registration lasts as long as the notebook's session. The latest one for a type and MIME type wins.</summary>
public static class Formatter
{
    // Code that no cell runs (a unit test of a formatter) has a registry too.
    private static readonly FormatterRegistry OutsideOfCells = new();

    private static FormatterRegistry Registry => KernelInvocationContext.Current?.Formatters ?? OutsideOfCells;

    /// <summary>Shows values of <typeparamref name="T"/> by a function that returns the text.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Registry.Register(typeof(T), mimeType, (value, writer) => writer.Write(formatter((T)value)));
    }

    /// <summary>Shows values of <typeparamref name="T"/> by an action that writes the text.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Registry.Register(typeof(T), mimeType, (value, writer) => formatter((T)value, writer));
    }

    /// <summary>Shows values of a type known at run time; an open generic type stands for all of its closed ones.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(formatter);
        Registry.Register(type, mimeType, formatter);
    }

    /// <summary>Chooses the MIME types that a value of the type is shown in when the cell names none.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        ArgumentNullException.ThrowIfNull(type);
        Registry.Prefer(type, preferredMimeTypes);
    }

    /// <summary>Forgets every registration and preference of this session.</summary>
    public static void ResetToDefault() => Registry.Reset();

    /// <summary>The value as text of a MIME type, as a cell would show it.</summary>
    public static string ToDisplayString(this object? value, string mimeType = "text/plain") => Registry.FormatAs(value, mimeType);
}
