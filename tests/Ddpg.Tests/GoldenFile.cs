using System.Globalization;

namespace Ddpg.Tests;

/// <summary>Reads a table of golden numbers: comma-separated, a header first, invariant culture.</summary>
internal static class GoldenFile
{
    public static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name)).Skip(1).Select(line => line.Split(','));

    public static IEnumerable<double[]> Numbers(string name) =>
        Rows(name).Select(row => Array.ConvertAll(row, cell => double.Parse(cell, CultureInfo.InvariantCulture)));
}
