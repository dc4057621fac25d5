using System.Globalization;
using System.Runtime.CompilerServices;

namespace XPlot.Plotly;

/// <summary>The members of a Plotly object that were set, in the order in which they were set; nothing else is written to JSON.</summary>
internal sealed class Members(string owner)
{
    public static readonly Members None = new("nothing");

    private readonly OrderedDictionary<string, object?> _values = new(StringComparer.Ordinal);

    public string Owner => owner;

    public IEnumerable<KeyValuePair<string, object?>> Values => _values;

    /// <exception cref="InvalidOperationException">The member was never set; upstream throws here too.</exception>
    public T Get<T>([CallerMemberName] string name = "") => _values.TryGetValue(name, out object? value)
        ? (T)value!
        : throw new InvalidOperationException($"{owner}.{name} has not been set.");

    public void Set(object? value, [CallerMemberName] string name = "") => _values[name] = value;

    public object? Raw(string name) => _values.GetValueOrDefault(name);

    public Members Child(string name) => (Raw(name) as IPlotlyObject)?.Members ?? None;

    public string? Text(string name) => Raw(name) as string;

    public bool? Flag(string name) => Raw(name) as bool?;

    /// <summary>The member as a finite number, or null when it is unset or something else (an array, a colour name).</summary>
    public double? Number(string name) => Raw(name) switch
    {
        null or string or bool => null,
        IConvertible number when double.IsFinite(number.ToDouble(CultureInfo.InvariantCulture)) => number.ToDouble(CultureInfo.InvariantCulture),
        _ => null,
    };
}
