namespace Ddpg.Charts;

/// <summary>What an axis must show: values that may touch its ends, and values that need a little room.</summary>
internal sealed class Extent
{
    private double _tightLow = double.PositiveInfinity, _tightHigh = double.NegativeInfinity;
    private double _roomyLow = double.PositiveInfinity, _roomyHigh = double.NegativeInfinity;

    public bool IsEmpty => Low > High;

    public double Low => Math.Min(_tightLow, _roomyLow);

    public double High => Math.Max(_tightHigh, _roomyHigh);

    public void Include(double value, bool roomy)
    {
        if (!double.IsFinite(value)) return;
        if (roomy) (_roomyLow, _roomyHigh) = (Math.Min(_roomyLow, value), Math.Max(_roomyHigh, value));
        else (_tightLow, _tightHigh) = (Math.Min(_tightLow, value), Math.Max(_tightHigh, value));
    }

    /// <summary>The range with its room; never empty.</summary>
    public (double Low, double High) Range()
    {
        if (IsEmpty) return (-1, 1);
        double room = (High - Low) * 0.05;
        double low = Math.Min(_tightLow, _roomyLow - room), high = Math.Max(_tightHigh, _roomyHigh + room);
        if (high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high))) return (low, high);
        double half = low == 0 ? 1 : Math.Abs(low) * 0.1;
        return (low - half, high + half);
    }
}
