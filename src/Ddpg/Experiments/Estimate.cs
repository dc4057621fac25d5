using System.Globalization;

namespace Ddpg.Experiments;

/// <summary>A number computed from a few seeds, and how far it could have come out elsewhere by the luck of the seeds.</summary>
/// <param name="Value">The number itself, from the seeds that were run.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval; null where there are too few seeds for one.</param>
/// <param name="High">Upper end; null where there are too few seeds.</param>
public readonly record struct Estimate(double Value, double? Low, double? High)
{
    /// <summary>For example <c>-141.2 [-143.0, -139.9]</c>, or <c>-141.2 (too few seeds for an interval)</c>.</summary>
    public override string ToString() => Low is double low && High is double high
        ? string.Create(CultureInfo.InvariantCulture, $"{Value:G6} [{low:G6}, {high:G6}]")
        : string.Create(CultureInfo.InvariantCulture, $"{Value:G6} (too few seeds for an interval)");
}
