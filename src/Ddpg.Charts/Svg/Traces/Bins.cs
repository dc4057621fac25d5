namespace Ddpg.Charts;

/// <summary>Equal bins: where they start, how wide they are, how many there are.</summary>
internal readonly record struct Bins(double Start, double Size, int Count)
{
    private const int Most = 10_000;
    private static readonly double[] Tens = [2, 5, 10], LeastParts = [0.9, 1.9, 4.9, 9.9];

    public double Middle(int index) => Start + (index + 0.5) * Size;

    /// <summary>The bin of a value, or −1 outside all of them.</summary>
    public int IndexOf(double value)
    {
        if (!double.IsFinite(value)) return -1;
        double place = (value - Start) / Size + 1e-9;
        return place >= 0 && place < Count ? (int)place : -1;
    }

    /// <summary>The bins that the trace asks for, or those that plotly.js chooses: round ones, by the spread of the values, moved off values that lie on their edges.</summary>
    public static Bins For(Members trace, double[] values, string axis)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) return new Bins(0, 1, 1);
        Members given = trace.Child(axis + "bins");
        (double low, double high) = (finite.Min(), finite.Max());
        double rough = trace.Number("nbins" + axis) is > 0 and var wanted && high > low ? (high - low) / wanted : ByScott(finite);
        double power = Math.Pow(10, Math.Floor(Math.Log(rough) / Math.Log(10)));
        double size = given.Number("size") is > 0 and var wide ? wide : power * (Array.Find(Tens, ten => ten > rough / power) is > 0 and var found ? found : 10);
        double start = given.Number("start") ?? OffTheEdges((Math.Ceiling((low - (high - low) * 1e-4) / size) - 1) * size, size, finite, low, high);
        double end = given.Number("end") ?? high;
        return new Bins(start, size, (int)Math.Clamp(given.Number("end") is null ? 1 + Math.Floor((end - start) / size) : Math.Ceiling((end - start) / size - 1e-9), 1, Most));
    }

    // Scott's width falls with the cube root of the count; plotly.js's a little faster. Never below the distance of the values.
    private static double ByScott(double[] values)
    {
        double[] places = [.. values.Distinct().Order()];
        double closest = places.Length < 2 ? 1 : places.Zip(places.Skip(1), (left, right) => right - left).Min();
        double power = Math.Pow(10, Math.Floor(Math.Log(closest) / Math.Log(10)));
        double least = power * (Array.FindLast(LeastParts, part => part <= closest / power) is > 0 and var found ? found : LeastParts[0]);
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return Math.Max(least, 2 * deviation / Math.Pow(values.Length, 0.4));
    }

    private static double OffTheEdges(double start, double size, double[] values, double low, double high)
    {
        bool IsNearEdge(double value) => (1 + (value - start) * 100 / size) % 100 < 2;
        if (values.All(value => value % 1 == 0))
        {
            if (size < 1) return low - 0.5 * size;
            return start - 0.5 + size < low ? start - 0.5 + size : start - 0.5;
        }
        int onEdges = values.Count(IsNearEdge), inMiddles = values.Count(value => IsNearEdge(value + size / 2));
        if (inMiddles >= 0.1 * values.Length || !(onEdges > 0.3 * values.Length || IsNearEdge(low) || IsNearEdge(high))) return start;
        return start + size / 2 < low ? start + size / 2 : start - size / 2;
    }
}
