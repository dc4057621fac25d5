using System.Globalization;

namespace Ddpg.Benchmarks;

/// <summary>Rates of alternating rounds: their median, and how far the middle half spreads.</summary>
internal sealed class Statistics
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    public bool Any => _values.Count > 0;

    public double Median => At(0.5);

    /// <summary>Half the distance between the quartiles, over the median.</summary>
    public double Spread => (At(0.75) - At(0.25)) / 2 / Median;

    /// <summary>Each round's value over another column's in the same round: what slows both down cancels. Empty if either is.</summary>
    public Statistics Over(Statistics other)
    {
        var ratios = new Statistics();
        foreach ((double mine, double others) in _values.Zip(other._values)) ratios.Add(mine / others);
        return ratios;
    }

    public Statistics Times(double factor)
    {
        var scaled = new Statistics();
        foreach (double value in _values) scaled.Add(value * factor);
        return scaled;
    }

    public string Show() => Any ? string.Create(CultureInfo.InvariantCulture, $"{Median,6:F0} ±{Spread * 100,2:F0}%") : "not measured";

    private double At(double quantile)
    {
        double[] sorted = [.. _values.Order()];
        double place = quantile * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
