namespace Ddpg.Charts;

/// <summary>What an axis must show, and the range that plotly.js gives it: each end may ask for a share of the axis as room, and for pixels, such as half a marker.</summary>
internal sealed class Extent
{
    private readonly record struct End(double Value, double Pixels, bool Roomy);

    // 5 % of the axis's length.
    private const double Room = 0.05;
    private readonly List<End> _low = [], _high = [];

    /// <summary>Includes a value.</summary>
    /// <param name="value">In the axis's coordinate; anything but a finite number is left out.</param>
    /// <param name="roomy">Whether it should keep away from the end of the axis.</param>
    /// <param name="pixelsBelow">Room in pixels that it needs towards the lower end.</param>
    /// <param name="pixelsAbove">The same towards the upper end.</param>
    public void Include(double value, bool roomy, double pixelsBelow = 0, double pixelsAbove = 0)
    {
        if (!double.IsFinite(value)) return;
        Add(_low, new End(value, pixelsBelow, roomy), sign: 1);
        Add(_high, new End(value, pixelsAbove, roomy), sign: -1);
    }

    /// <summary>Includes zero and the value; an end at zero needs no room.</summary>
    public void IncludeFromZero(double value, bool roomy, double pixels = 0)
    {
        if (!double.IsFinite(value)) return;
        Add(_low, value < 0 ? new End(value, pixels, roomy) : new End(0, 0, false), sign: 1);
        Add(_high, value > 0 ? new End(value, pixels, roomy) : new End(0, 0, false), sign: -1);
    }

    /// <summary>The range; null where nothing is to be shown.</summary>
    /// <param name="length">The axis's length in pixels.</param>
    /// <param name="mode">Plotly's <c>rangemode</c>.</param>
    public (double Low, double High)? Range(double length, string? mode)
    {
        if (_low.Count == 0 || length <= 0) return null;
        (double lowest, double highest) = (_low.Min(end => end.Value), _high.Max(end => end.Value));
        if (lowest == highest) return Around(lowest, length, mode);
        (End low, End high, double scale) = Tightest(length);
        if (mode == "tozero")
        {
            if (low.Value >= 0) low = default;
            if (high.Value <= 0) high = default;
        }
        else if (mode == "nonnegative")
        {
            if (low.Value - scale * Pad(low, length) < 0) low = default;
            if (high.Value <= 0) high = new End(1, 0, false);
        }
        scale = (high.Value - low.Value) / (length - Pad(low, length) - Pad(high, length));
        return (low.Value - scale * Pad(low, length), high.Value + scale * Pad(high, length));
    }

    /// <summary>Of all pairs of ends the one that needs the most units a pixel.</summary>
    private (End Low, End High, double Scale) Tightest(double length)
    {
        (End Low, End High, double Scale) best = (default, default, 0);
        foreach (End low in _low)
        {
            foreach (End high in _high)
            {
                double span = high.Value - low.Value, room = length - Pad(low, length) - Pad(high, length);
                if (span <= 0) continue;
                // Where the room would leave the data less than a tenth of the axis, they get none.
                bool crowded = room <= length / 10;
                double scale = span / (crowded ? length : room);
                if (scale > best.Scale) best = crowded ? (new End(low.Value, 0, false), new End(high.Value, 0, false), scale) : (low, high, scale);
            }
        }
        return best;
    }

    private (double Low, double High) Around(double value, double length, string? mode)
    {
        if (mode == "nonnegative") return (Math.Max(0, value - 1), Math.Max(1, value + 1));
        if (mode != "tozero") return (value - 1, value + 1);
        if (value == 0) return (0, 1);
        double far = value / (1 - Math.Min(0.5, (value > 0 ? _high : _low).Max(end => Pad(end, length)) / length));
        return value > 0 ? (0, far) : (far, 0);
    }

    private static double Pad(End end, double length) => end.Pixels + (end.Roomy ? Room * length : 0);

    // An end is kept only if no other asks for as much in every respect.
    private static void Add(List<End> ends, End added, int sign)
    {
        bool Covers(End one, End other) => sign * one.Value <= sign * other.Value && one.Pixels >= other.Pixels && (one.Roomy || !other.Roomy);
        if (ends.Exists(end => Covers(end, added))) return;
        ends.RemoveAll(end => Covers(added, end));
        ends.Add(added);
    }
}
