using System.Globalization;

namespace Ddpg.Charts;

/// <summary>What a <see cref="TickStep"/> counts.</summary>
internal enum TickUnit
{
    /// <summary>The axis's own coordinate: numbers, milliseconds, indices, decades.</summary>
    Coordinate,

    /// <summary>Months of the calendar.</summary>
    Months,

    /// <summary>Equal steps of the value on a log axis.</summary>
    Value,

    /// <summary>On a log axis, the digits 1 to 9 (size 1) or 1, 2 and 5 (size 2) of every decade.</summary>
    Digits,
}

/// <summary>The distance between neighbouring ticks.</summary>
internal readonly record struct TickStep(TickUnit Unit, double Size)
{
    /// <summary>A figure's <c>dtick</c>: a number, <c>"M3"</c> (months), <c>"L0.5"</c> (values on a log axis), <c>"D1"</c>, <c>"D2"</c>; null for anything else.</summary>
    public static TickStep? Of(object? given) => given switch
    {
        double size when size > 0 => new TickStep(TickUnit.Coordinate, size),
        string { Length: > 1 } text when double.TryParse(text.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture, out double size) && size > 0 => text[0] switch
        {
            'M' when size >= 1 => new TickStep(TickUnit.Months, Math.Round(size)),
            'L' => new TickStep(TickUnit.Value, size),
            'D' => new TickStep(TickUnit.Digits, size <= 1 ? 1 : 2),
            _ => null,
        },
        _ => null,
    };
}
