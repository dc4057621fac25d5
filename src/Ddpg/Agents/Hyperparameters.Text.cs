using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ddpg.Networks;

namespace Ddpg.Agents;

public sealed partial record Hyperparameters
{
    private static readonly PropertyInfo[] Settable = [.. typeof(Hyperparameters)
        .GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is not null).OrderBy(property => property.MetadataToken)];

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>The name of every hyperparameter, in the order of their declaration.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Settable.Select(property => property.Name)];

    /// <summary>What <paramref name="name"/> may be, in words: an interval, a list of names, <c>true or false</c>.</summary>
    /// <exception cref="ArgumentException">There is no such hyperparameter; the message lists the known ones.</exception>
    public static string RangeOf(string name)
    {
        PropertyInfo property = Find(name);
        return property.PropertyType switch
        {
            { IsEnum: true } type => string.Join(", ", Enum.GetNames(type)),
            Type type when type == typeof(bool) => "true or false",
            Type type when type == typeof(LayerSizes) => "widths like 64-64",
            Type type when type == typeof(string) => TensorDevice.Names,
            Type type => (type == typeof(double) ? "a number in " : "an integer in ") + Allowed.IntervalOf(property.Name),
        };
    }

    /// <summary>The value of one hyperparameter as text that <see cref="With"/> reads back.</summary>
    /// <exception cref="ArgumentException">There is no such hyperparameter; the message lists the known ones.</exception>
    public string ValueOf(string name) => Convert.ToString(Find(name).GetValue(this), CultureInfo.InvariantCulture)!;

    /// <summary>A copy with one hyperparameter set from text, as <c>--set Name=value</c> does. The name's case does not matter.</summary>
    /// <exception cref="ArgumentException">There is no such hyperparameter, or the text is no value of its kind; the message lists the names or says what is expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of the allowed range.</exception>
    public Hyperparameters With(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        PropertyInfo property = Find(name);
        object parsed = Parse(property, value)
            ?? throw new ArgumentException($"{property.Name} cannot be '{value}'; it must be {RangeOf(property.Name)}.", nameof(value));
        Hyperparameters copy = this with { };
        try
        {
            property.SetValue(copy, parsed);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refused)
        {
            throw refused;
        }
        return copy;
    }

    /// <summary>All hyperparameters as indented JSON, in the order of <see cref="Names"/>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <summary>Reads what <see cref="ToJson"/> wrote. A missing property keeps its default.</summary>
    /// <exception cref="FormatException">The text is not JSON, or has a property or value that is not known; the message says which.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside of its range.</exception>
    public static Hyperparameters FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Hyperparameters>(json, JsonOptions) ?? throw new FormatException("The hyperparameters are JSON null; an object is expected.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The hyperparameters cannot be read: {exception.Message}", exception);
        }
    }

    private static PropertyInfo Find(string name) => Array.Find(Settable, property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no hyperparameter '{name}'; known are {string.Join(", ", Names)}.", nameof(name));

    private static object? Parse(PropertyInfo property, string text)
    {
        Type type = property.PropertyType;
        // "1e4" is how people write step counts, so integers accept an exponent; a fraction is refused.
        if (type == typeof(int) || type == typeof(long))
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number == decimal.Truncate(number)
                && number is >= long.MinValue and <= long.MaxValue ? Narrow(property, (long)number) : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : null;
        if (type == typeof(bool))
            return bool.TryParse(text, out bool flag) ? flag : null;
        if (type == typeof(string))
            return text;
        if (type == typeof(LayerSizes))
            return LayerSizes.TryParse(text, out LayerSizes? sizes) ? sizes : null;
        return !int.TryParse(text, CultureInfo.InvariantCulture, out _) && Enum.TryParse(type, text, ignoreCase: true, out object? value) ? value : null;
    }

    private static object Narrow(PropertyInfo property, long value) => property.PropertyType == typeof(long) ? (object)value
        : value is >= int.MinValue and <= int.MaxValue ? (int)value
        : throw new ArgumentOutOfRangeException(property.Name, value, $"{property.Name} is {value.ToString(CultureInfo.InvariantCulture)}; it must be {RangeOf(property.Name)}.");
}
