using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ddpg.Networks;

/// <summary>The widths of a network's hidden layers, input side first, compared by value: <c>[64, 64]</c> prints as <c>64-64</c>.</summary>
[CollectionBuilder(typeof(LayerSizes), nameof(Create))]
[JsonConverter(typeof(LayerSizesJsonConverter))]
public sealed class LayerSizes : IReadOnlyList<int>, IEquatable<LayerSizes>
{
    private const int LargestWidth = 65_536;
    private readonly int[] _widths;

    private LayerSizes(int[] widths) => _widths = widths;

    /// <summary>The number of hidden layers, at least one.</summary>
    public int Count => _widths.Length;

    /// <summary>The width of one hidden layer; 0 is the layer next to the input.</summary>
    public int this[int index] => _widths[index];

    /// <summary>Copies <paramref name="widths"/>; what the collection expression <c>[400, 300]</c> calls.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer, or a width is outside [1, 65536].</exception>
    public static LayerSizes Create(ReadOnlySpan<int> widths)
    {
        if (widths.IsEmpty)
            throw new ArgumentOutOfRangeException(nameof(widths), "HiddenSizes is empty; a network needs at least one hidden layer, for example [64, 64].");
        foreach (int width in widths)
            if (width is < 1 or > LargestWidth)
                throw new ArgumentOutOfRangeException(nameof(widths), width, $"A hidden layer's width must lie in [1, {LargestWidth}], for example [64, 64].");
        return new LayerSizes(widths.ToArray());
    }

    /// <summary>Reads widths separated by '-', ',' or 'x': <c>64-64</c>, <c>400,300</c>.</summary>
    /// <exception cref="FormatException">A part is not an integer.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width is outside [1, 65536].</exception>
    public static LayerSizes Parse(string text) => TryParse(text, out LayerSizes? sizes)
        ? sizes
        : throw new FormatException($"'{text}' is not a list of layer widths; write it like 64-64 or 400,300.");

    /// <summary>Reads widths as <see cref="Parse"/> does; false where a part is not an integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A width is outside [1, 65536].</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out LayerSizes? sizes)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim('[', ']', ' ').Split(['-', ',', 'x'], StringSplitOptions.TrimEntries);
        int[] widths = new int[parts.Length];
        sizes = null;
        for (int i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]))
                return false;
        sizes = Create(widths);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(LayerSizes? other) => other is not null && _widths.AsSpan().SequenceEqual(other._widths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayerSizes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int width in _widths)
            hash.Add(width);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('-', _widths.Select(width => width.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_widths).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => _widths.GetEnumerator();
}

/// <summary>Writes <see cref="LayerSizes"/> as a JSON array of integers.</summary>
internal sealed class LayerSizesJsonConverter : JsonConverter<LayerSizes>
{
    public override LayerSizes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LayerSizes.Create(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

    public override void Write(Utf8JsonWriter writer, LayerSizes value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (int width in value)
            writer.WriteNumberValue(width);
        writer.WriteEndArray();
    }
}
