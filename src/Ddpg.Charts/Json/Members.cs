namespace Ddpg.Charts;

/// <summary>
/// A JSON object of a figure. Values are <c>null</c>, <see cref="string"/>, <see cref="bool"/>, <see cref="double"/>, <see cref="Members"/>, <c>double[]</c> (an array of numbers; NaN where
/// the JSON has null) or <c>object?[]</c> (any other array).
/// </summary>
internal sealed class Members
{
    public static readonly Members None = new();

    private readonly OrderedDictionary<string, object?> _values = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, object?>> Values => _values;

    public void Set(string name, object? value) => _values[name] = value;

    public void Remove(string name) => _values.Remove(name);

    public object? Raw(string name) => _values.GetValueOrDefault(name);

    public Members Child(string name) => Raw(name) as Members ?? None;

    /// <summary>The objects in an array member, such as the layout's <c>annotations</c>.</summary>
    public IEnumerable<Members> Items(string name) => (Raw(name) as object?[] ?? []).OfType<Members>();

    public string? Text(string name) => Raw(name) as string;

    public bool? Flag(string name) => Raw(name) as bool?;

    /// <summary>The member as a finite number, or null when it is unset or something else (an array, a colour name).</summary>
    public double? Number(string name) => Raw(name) is double number && double.IsFinite(number) ? number : null;

    /// <summary>The text of a title, which is an object since plotly.js 3.</summary>
    public string? Title => Child("title").Text("text") is { Length: > 0 } text ? text : null;
}
