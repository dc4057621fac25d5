namespace Ddpg.Acceleration;

/// <summary>
/// How a product's columns are cut into panels of one to four vectors (to two, where registers are few): as few panels as possible and their
/// widths as even as possible, since a panel of a single vector keeps the arithmetic units waiting. Where the columns do not fill the last
/// vector, the last panel begins earlier and computes some columns of its neighbour again, with the same bits.
/// </summary>
internal readonly struct Panels
{
    private readonly long _columns;
    private readonly int _vectors;
    private readonly int _wider;

    internal Panels(long columns)
    {
        int widest = SimdWidth.Bits == 512 ? 4 : 2;
        long vectors = (columns + Lanes - 1) / Lanes;
        _columns = columns;
        Bits = SimdWidth.Bits;
        Count = (int)Math.Max(1, (vectors + widest - 1) / widest);
        // A single panel has no neighbour to lean on.
        if (Count == 1 && vectors > 1 && columns % Lanes != 0) Count = 2;
        _vectors = (int)(vectors / Count);
        _wider = (int)(vectors % Count);
    }

    internal static int Lanes => SimdWidth.Bits / 32;

    internal int Count { get; }

    /// <summary>The width of vectors that the panels were cut for.</summary>
    internal int Bits { get; }

    internal int Vectors(int panel) => panel < _wider ? _vectors + 1 : _vectors;

    /// <summary>The panel's first column.</summary>
    internal long First(int panel)
    {
        long first = VectorsBefore(panel) * Lanes;
        return panel < Count - 1 ? first : Math.Max(0, Math.Min(first, _columns - (Vectors(panel) * Lanes)));
    }

    internal long VectorsBefore(int panel) => ((long)panel * _vectors) + Math.Min(panel, _wider);
}
