namespace Ddpg.Charts;

/// <summary>Equal bins: where they start, how wide they are, how many there are.</summary>
internal readonly record struct Bins(double Start, double Size, int Count)
{
    public double Middle(int index) => Start + (index + 0.5) * Size;

    /// <summary>The bin of a value, or −1 outside all of them. The last bin holds its upper end.</summary>
    public int IndexOf(double value)
    {
        if (!double.IsFinite(value)) return -1;
        double place = (value - Start) / Size;
        if (place == Count) return Count - 1;
        return place >= 0 && place < Count ? (int)place : -1;
    }

    /// <summary>The bins that the trace asks for, or round ones, about as many as Scott's or Sturges's rule would give.</summary>
    public static Bins For(Members trace, double[] values, string axis, int fallbackMost)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        Members given = trace.Child(axis + "bins");
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        if (given.Number("size") is > 0 and var size)
        {
            double start = given.Number("start") ?? Math.Floor(low / size) * size;
            double end = given.Number("end") ?? Math.Max(high, start + size);
            return new Bins(start, size, Cover(start, end, size));
        }
        int most = trace.Number("nbins" + axis) is > 0 and var wanted ? (int)wanted : fallbackMost;
        if (!(high > low)) return new Bins(low - 0.5, 1, 1);
        double step = RoundStep((high - low) / most);
        double first = Math.Floor(low / step) * step;
        return new Bins(first, step, Cover(first, high, step));
    }

    public static int Default(int values) => Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(Math.Max(1, values))), 5, 60);

    // The smallest of 1, 2, 5 times a power of ten that is not below.
    private static double RoundStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * new[] { 1, 2, 5, 10 }.First(step => step * power >= rough * (1 - 1e-9));
    }

    private static int Cover(double start, double end, double size) => Math.Clamp((int)Math.Ceiling((end - start) / size - 1e-9), 1, 10_000);
}
