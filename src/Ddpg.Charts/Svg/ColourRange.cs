namespace Ddpg.Charts;

/// <summary>A colour scale stretched over a range of values.</summary>
internal sealed record ColourRange(ColourScale Scale, double Low, double High)
{
    /// <param name="members">The trace or marker that owns the scale.</param>
    /// <param name="values">The data, for ends that are not given.</param>
    /// <param name="low">The member that gives the lower end.</param>
    /// <param name="high">The member that gives the upper end.</param>
    public static ColourRange Of(Members members, IEnumerable<double> values, string low, string high)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double from = members.Number(low) ?? finite.DefaultIfEmpty(0).Min(), to = members.Number(high) ?? finite.DefaultIfEmpty(1).Max();
        if (!(to > from)) (from, to) = (from - 0.5, from + 0.5);
        return new ColourRange(ColourScale.Of(members), from, to);
    }

    public double Part(double value) => (value - Low) / (High - Low);

    public CssColour Colour(double value) => Scale.At(Part(value));
}
