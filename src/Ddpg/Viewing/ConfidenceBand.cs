using XPlot.Plotly;

namespace Ddpg.Viewing;

/// <summary>Bands around curves.</summary>
public static class ConfidenceBand
{
    /// <summary>The area between two curves, as one trace: put it before the curve that it belongs to.</summary>
    /// <param name="x">Positions, rising.</param>
    /// <param name="low">Lower edge at each position.</param>
    /// <param name="high">Upper edge at each position.</param>
    /// <param name="colour">The curve's colour, <c>#rrggbb</c>.</param>
    /// <param name="name">For the legend; without a name the band is not in it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Scatter Between(IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high, string colour = ChartPalette.Blue, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (x.Count != low.Count || x.Count != high.Count)
            throw new ArgumentException($"A band needs as many lower and upper values as positions; got {x.Count} positions, {low.Count} lower and {high.Count} upper values.", nameof(low));
        var band = new Scatter
        {
            // Along the lower edge and back along the upper one: a closed outline.
            x = x.Concat(x.Reverse()).ToArray(),
            y = Rounding.ForChart([.. low, .. high.Reverse()]),
            mode = "none",
            fill = "toself",
            fillcolor = ChartPalette.Translucent(colour, 0.2),
            hoverinfo = "skip",
            showlegend = name is not null,
        };
        if (name is not null) band.name = name;
        return band;
    }

    /// <summary>The area of one spread above and below a curve.</summary>
    /// <param name="x">Positions, rising.</param>
    /// <param name="mean">The curve.</param>
    /// <param name="spread">For example the standard deviation at each position.</param>
    /// <param name="colour">The curve's colour, <c>#rrggbb</c>.</param>
    /// <param name="name">For the legend; without a name the band is not in it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Scatter Around(IReadOnlyList<double> x, IReadOnlyList<double> mean, IReadOnlyList<double> spread, string colour = ChartPalette.Blue, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(spread);
        if (mean.Count != spread.Count)
            throw new ArgumentException($"A band needs as many spreads as values; got {mean.Count} values and {spread.Count} spreads.", nameof(spread));
        return Between(x, [.. mean.Zip(spread, (m, s) => m - s)], [.. mean.Zip(spread, (m, s) => m + s)], colour, name);
    }
}
