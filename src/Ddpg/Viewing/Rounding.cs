using System.Globalization;

namespace Ddpg.Viewing;

/// <summary>Numbers for charts: six significant digits are more than an eye sees, and keep saved notebooks small.</summary>
internal static class Rounding
{
    public static double[] ForChart(IEnumerable<double> values) => [.. values.Select(ForChart)];

    // By way of text: rounding by multiplication would leave digits like 0.30000000000000004.
    public static double ForChart(double value) => double.IsFinite(value)
        ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value;
}
