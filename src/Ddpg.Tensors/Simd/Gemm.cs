namespace TorchSharp;

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
    /// <summary>Below this number of multiply-adds waking another thread costs more than it saves.</summary>
    private const long ParallelWorkload = 150_000;

    [ThreadStatic] private static Job? _spare;

    internal static int PanelWidth => SimdWidth.Bits / 16;

    internal static void Multiply(long m, long n, long k, Matrix a, Matrix b, PackedMatrix? packed, float* c, long rowC, float* bias = null)
    {
        if (m == 0 || n == 0) return;
        // Which way is taken depends on the shape and layout alone, never on the width of the vectors.
        if (n < 16 && m >= 32 && packed is null && bias == null && a.RowStep == 1)
        {
            MultiplyTransposed(m, n, k, a, b, c, rowC);
            return;
        }
        if (n <= Dots.MostColumns && k >= 16 && a.ColumnStep == 1)
        {
            FewColumns(m, n, k, a, b, c, rowC, bias);
            return;
        }
        int width = PanelWidth;
        PackedMatrix? own = null;
        if (packed is null && b.ColumnStep != 1) packed = own = PackedMatrix.Pack(b.Data, b.RowStep, b.ColumnStep, k, n, width, 0);
        Job job = _spare ?? new Job();
        _spare = null;
        job.Set(m, n, k, a, b, packed, c, rowC, bias, width);
        if (m * n * k >= ParallelWorkload) Workers.Run(job, job.Parts, m * n * k);
        else for (int part = 0; part < job.Parts; part++) job.Execute(part);
        _spare = job;
        own?.Release();
    }

    private static void FewColumns(long m, long n, long k, Matrix a, Matrix b, float* c, long rowC, float* bias)
    {
        if (b.RowStep == 1)
        {
            Dots.Multiply(m, n, k, a.Data, a.RowStep, b.Data, b.ColumnStep, c, rowC, bias);
            return;
        }
        // The columns of b do not lie along k: copy them so that they do.
        Storage storage = NativePool.Rent(n * k * sizeof(float));
        float* t = (float*)storage.Data;
        for (long i = 0; i < k; i++)
        {
            for (long j = 0; j < n; j++) t[(j * k) + i] = b.Data[(i * b.RowStep) + (j * b.ColumnStep)];
        }
        Dots.Multiply(m, n, k, a.Data, a.RowStep, t, k, c, rowC, bias);
        storage.Release();
    }

    /// <summary>A few columns only: compute the transpose, whose columns are many and lie side by side in A.</summary>
    private static void MultiplyTransposed(long m, long n, long k, Matrix a, Matrix b, float* c, long rowC)
    {
        Storage storage = NativePool.Rent(m * n * sizeof(float));
        float* t = (float*)storage.Data;
        Multiply(n, m, k, new Matrix(b.Data, b.ColumnStep, b.RowStep), new Matrix(a.Data, a.ColumnStep, a.RowStep), null, t, m);
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++) c[(i * rowC) + j] = t[(j * m) + i];
        }
        storage.Release();
    }

    /// <summary>One product cut into parts of whole panels, or where panels are few, of some of their rows.</summary>
    private sealed class Job : ParallelWork
    {
        private long _m, _n, _k, _rowC, _rowsPerPart;
        private Matrix _a, _b;
        private PackedMatrix? _packed;
        private float* _c, _bias;
        private int _width, _rowParts;

        internal void Set(long m, long n, long k, Matrix a, Matrix b, PackedMatrix? packed, float* c, long rowC, float* bias, int width)
        {
            (_m, _n, _k, _a, _b, _packed, _rowC, _width) = (m, n, k, a, b, packed, rowC, width);
            _c = c;
            _bias = bias;
            int panels = (int)((n + width - 1) / width);
            _rowParts = panels >= 4 || m < 16 ? 1 : (int)Math.Min(4, m / 8);
            _rowsPerPart = ((((m + _rowParts - 1) / _rowParts) + 7) / 8) * 8;
            Parts = panels * _rowParts;
        }

        internal int Parts { get; private set; }

        internal override void Execute(int part)
        {
            long panel = part / _rowParts, row = part % _rowParts * _rowsPerPart;
            long rows = Math.Min(_rowsPerPart, _m - row);
            if (rows <= 0) return;
            switch (SimdWidth.Bits)
            {
                case 512: Panel<V512>(panel, row, rows); break;
                case 256: Panel<V256>(panel, row, rows); break;
                default: Panel<V128>(panel, row, rows); break;
            }
        }

        private void Panel<V>(long panel, long row, long rows) where V : struct, IVec<V, float>
        {
            long first = panel * _width, columns = Math.Min(_width, _n - first);
            float* a = _a.Data + (row * _a.RowStep), c = _c + (row * _rowC) + first, bias = _bias == null ? null : _bias + first;
            if (columns == _width)
            {
                float* b = _packed is null ? _b.Data + first : _packed.Panel(panel);
                Tiles.Strip<V>(rows, a, _a.RowStep, _a.ColumnStep, b, _packed is null ? _b.RowStep : _width, _k, c, _rowC, bias, narrow: false);
                return;
            }
            LastPanel<V>(panel, columns, rows, a, c, bias);
        }

        /// <summary>Fewer columns than a panel: compute a whole one beside the result and copy what belongs to it.</summary>
        private void LastPanel<V>(long panel, long columns, long rows, float* a, float* c, float* bias) where V : struct, IVec<V, float>
        {
            bool narrow = columns <= V.Width;
            Storage storage = NativePool.Rent((((_packed is null ? _k : 0) + rows + 1) * _width) * sizeof(float));
            float* result = (float*)storage.Data, padded = result + (rows * _width), b = padded + _width;
            if (_packed is null) PackedMatrix.PackPanel(_b.Data + (panel * _width), _b.RowStep, 1, _k, columns, _width, b);
            else b = _packed.Panel(panel);
            if (bias != null)
            {
                new Span<float>(padded, _width).Clear();
                new Span<float>(bias, (int)columns).CopyTo(new Span<float>(padded, _width));
            }
            Tiles.Strip<V>(rows, a, _a.RowStep, _a.ColumnStep, b, _width, _k, result, _width, bias == null ? null : padded, narrow);
            for (long i = 0; i < rows; i++) new Span<float>(result + (i * _width), (int)columns).CopyTo(new Span<float>(c + (i * _rowC), (int)columns));
            storage.Release();
        }
    }
}
