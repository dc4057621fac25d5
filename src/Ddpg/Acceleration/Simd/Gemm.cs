namespace Ddpg.Acceleration;

/// <summary>A matrix in memory: an element's place is row·RowStep + column·ColumnStep.</summary>
internal readonly unsafe struct Matrix(float* data, long rowStep, long columnStep)
{
    internal readonly float* Data = data;
    internal readonly long RowStep = rowStep;
    internal readonly long ColumnStep = columnStep;
}

/// <summary>C = A·B (+ bias per column), in panels of columns that threads share out among themselves.</summary>
internal static unsafe class Gemm
{
    /// <summary>From so many rows on, what a panel costs to pack is little beside what is computed with it.</summary>
    internal const long RowsWorthPacking = 32;

    [ThreadStatic] private static Job? _spare;

    internal static void Multiply(long m, long n, long k, Matrix a, Matrix b, float* c, long rowC, float* bias = null)
    {
        if (m == 0 || n == 0) return;
        // Which way is taken depends on the shape and layout alone, never on the width of the vectors.
        if (n < 16 && m >= 32 && bias == null && a.RowStep == 1)
        {
            MultiplyTransposed(m, n, k, a, b, c, rowC);
            return;
        }
        if (n <= Dots.MostColumns && k >= 16 && a.ColumnStep == 1)
        {
            FewColumns(m, n, k, a, b, c, rowC, bias);
            return;
        }
        // Which of the two ways that follow is taken changes no bit.
        if (OneRow.Takes(m, n, k, b))
        {
            OneRow.Multiply(n, k, a.Data, a.ColumnStep, b.Data, b.ColumnStep, c, bias);
            return;
        }
        Job job = _spare ?? new Job();
        _spare = null;
        job.Set(m, n, k, a, b, c, rowC, bias);
        Workers.Run(job, job.Parts, job.Cost);
        _spare = job;
    }

    /// <summary>Rows that begin within a cache line cost two loads for each vector; rows whole pages apart push each other out of the cache.</summary>
    private static bool LiesBadly(Matrix b) => b.RowStep % 16 != 0 || b.RowStep % 1024 == 0;

    private static void FewColumns(long m, long n, long k, Matrix a, Matrix b, float* c, long rowC, float* bias)
    {
        if (b.RowStep == 1)
        {
            Dots.Multiply(m, n, k, a.Data, a.RowStep, b.Data, b.ColumnStep, c, rowC, bias);
            return;
        }
        // The columns of b do not lie along k: copy them so that they do.
        float* t = Scratch.Turned(n * k);
        for (long i = 0; i < k; i++)
            for (long j = 0; j < n; j++) t[(j * k) + i] = b.Data[(i * b.RowStep) + (j * b.ColumnStep)];
        Dots.Multiply(m, n, k, a.Data, a.RowStep, t, k, c, rowC, bias);
    }

    /// <summary>A few columns only: compute the transpose, whose columns are many and lie side by side in A.</summary>
    private static void MultiplyTransposed(long m, long n, long k, Matrix a, Matrix b, float* c, long rowC)
    {
        float* t = Scratch.Turned(m * n);
        Multiply(n, m, k, new Matrix(b.Data, b.ColumnStep, b.RowStep), new Matrix(a.Data, a.ColumnStep, a.RowStep), t, m);
        for (long i = 0; i < m; i++)
            for (long j = 0; j < n; j++) c[(i * rowC) + j] = t[(j * m) + i];
    }

    /// <summary>One product cut into parts: a panel's columns in some of the rows, and the parts of one row range after the other.</summary>
    private sealed class Job : ParallelWork
    {
        private const int LeastParts = 16;
        private const long LeastRows = 24;
        private const long RowsOfTile = 6;

        private long _m, _n, _k, _rowC, _rowsPerPart;
        private Matrix _a, _b;
        private Panels _panels;
        private float* _c, _bias;
        private bool _packs;

        internal void Set(long m, long n, long k, Matrix a, Matrix b, float* c, long rowC, float* bias)
        {
            (_m, _n, _k, _a, _b, _rowC) = (m, n, k, a, b, rowC);
            _c = c;
            _bias = bias;
            _panels = new Panels(n);
            _packs = b.ColumnStep != 1 || (m >= RowsWorthPacking && LiesBadly(b));
            Cost = (m * n * k) + (_packs ? Packing.Cost(k, n) : 0);
            // All parts of a row range go to neighbours in the order, so that a thread keeps its rows from one layer to the next. One thread packs a panel once, for all rows.
            long ranges = _packs && (n < Panels.Lanes || Workers.IsAlone(Cost)) ? 1 : Math.Clamp(m / LeastRows, 1, (LeastParts + _panels.Count - 1) / _panels.Count);
            long tiles = (m + RowsOfTile - 1) / RowsOfTile;
            _rowsPerPart = (tiles + ranges - 1) / ranges * RowsOfTile;
            Parts = (int)((m + _rowsPerPart - 1) / _rowsPerPart) * _panels.Count;
        }

        internal int Parts { get; private set; }
        internal long Cost { get; private set; }

        internal override void Execute(int part)
        {
            int panel = part % _panels.Count, vectors = _panels.Vectors(panel);
            long row = part / _panels.Count * _rowsPerPart, first = _panels.First(panel), rows = Math.Min(_rowsPerPart, _m - row);
            float* a = _a.Data + (row * _a.RowStep), c = _c + (row * _rowC) + first;
            if (_n < Panels.Lanes)
            {
                PartOfVector(rows, a, c);
                return;
            }
            float* bias = _bias == null ? null : _bias + first;
            long width = vectors * Panels.Lanes;
            if (!_packs)
            {
                Tiles.Strip(rows, a, _a.RowStep, _a.ColumnStep, _b.Data + first, _b.RowStep, _k, c, _rowC, bias, vectors);
                return;
            }
            // Each thread for itself and where it packed the last panel, which is still in its cache; to wait for another's packing and to read that took longer than to pack some panels twice.
            float* own = Scratch.Panel(_panels.Vectors(0) * Panels.Lanes * _k);
            Packing.PackPanel(_b.Data + (first * _b.ColumnStep), _b.RowStep, _b.ColumnStep, _k, width, width, own);
            Tiles.Strip(rows, a, _a.RowStep, _a.ColumnStep, own, width, _k, c, _rowC, bias, vectors);
        }

        /// <summary>Fewer columns than a vector has: compute a whole one beside the result and copy what belongs to it.</summary>
        private void PartOfVector(long rows, float* a, float* c)
        {
            long width = Panels.Lanes;
            float* result = Scratch.Part((_k + rows + 1) * width), bias = result + (rows * width), b = bias + width;
            Packing.PackPanel(_b.Data, _b.RowStep, _b.ColumnStep, _k, _n, width, b);
            new Span<float>(bias, (int)width).Clear();
            if (_bias != null) new Span<float>(_bias, (int)_n).CopyTo(new Span<float>(bias, (int)width));
            Tiles.Strip(rows, a, _a.RowStep, _a.ColumnStep, b, width, _k, result, width, _bias == null ? null : bias, 1);
            for (long i = 0; i < rows; i++, c += _rowC, result += width)
                new Span<float>(result, (int)_n).CopyTo(new Span<float>(c, (int)_n));
        }
    }
}
