namespace TorchSharp;

/// <summary>Walks up to three tensors of one shape row by row, after merging dimensions that continue each other in all of them.</summary>
internal struct StridedWalk
{
    private readonly long[] _sizes;
    private readonly long[] _first;
    private readonly long[] _second;
    private readonly long[] _third;
    private readonly long[] _index;
    private readonly int _dimensions;
    private bool _started;
    private readonly bool _empty;

    internal StridedWalk(long[] sizes, long[] first, long[] second, long[]? third)
    {
        third ??= second;
        int n = sizes.Length;
        _sizes = new long[n];
        _first = new long[n];
        _second = new long[n];
        _third = new long[n];
        int d = -1;
        foreach (long size in sizes) _empty |= size == 0;
        for (int i = 0; i < n; i++)
        {
            if (sizes[i] == 1) continue;
            bool continues = d >= 0 && _first[d] == first[i] * sizes[i] && _second[d] == second[i] * sizes[i] && _third[d] == third[i] * sizes[i];
            if (!continues) d++;
            _sizes[d] = continues ? _sizes[d] * sizes[i] : sizes[i];
            (_first[d], _second[d], _third[d]) = (first[i], second[i], third[i]);
        }
        _dimensions = d + 1;
        _index = new long[Math.Max(_dimensions, 1)];
        InnerCount = _dimensions == 0 ? 1 : _sizes[d];
        if (_dimensions > 0) (InnerFirst, InnerSecond, InnerThird) = (_first[d], _second[d], _third[d]);
    }

    internal long First { get; private set; }
    internal long Second { get; private set; }
    internal long Third { get; private set; }
    internal long InnerCount { get; }
    internal long InnerFirst { get; }
    internal long InnerSecond { get; }
    internal long InnerThird { get; }

    internal bool Next()
    {
        if (!_started)
        {
            _started = true;
            return !_empty;
        }
        for (int d = _dimensions - 2; d >= 0; d--)
        {
            First += _first[d];
            Second += _second[d];
            Third += _third[d];
            if (++_index[d] < _sizes[d]) return true;
            First -= _first[d] * _sizes[d];
            Second -= _second[d] * _sizes[d];
            Third -= _third[d] * _sizes[d];
            _index[d] = 0;
        }
        return false;
    }
}
