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

    /// <summary>Columns of a panel: four vectors where there are 32 registers of 512 bits, otherwise two.</summary>
    internal static int PanelWidth => SimdWidth.Bits == 512 ? 64 : SimdWidth.Bits / 16;

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

    /// <summary>One product cut into parts: some rows of a panel.</summary>
    private sealed class Job : ParallelWork
    {
        private const int LeastParts = 8;
        private const long LeastRows = 24;

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
            _rowParts = (int)Math.Clamp(m / LeastRows, 1, (LeastParts + panels - 1) / panels);
            _rowsPerPart = ((((m + _rowParts - 1) / _rowParts) + 5) / 6) * 6;
            Parts = panels * _rowParts;
        }

        internal int Parts { get; private set; }

        internal override void Execute(int part)
        {
            long panel = part / _rowParts, row = part % _rowParts * _rowsPerPart, first = panel * _width;
            long rows = Math.Min(_rowsPerPart, _m - row), columns = Math.Min(_width, _n - first);
            if (rows <= 0) return;
            float* a = _a.Data + (row * _a.RowStep), c = _c + (row * _rowC) + first;
            int lanes = SimdWidth.Bits / 32, vectors = (int)((columns + lanes - 1) / lanes);
            if (columns % lanes == 0)
            {
                float* b = _packed is null ? _b.Data + first : _packed.Panel(panel);
                Tiles.Strip(rows, a, _a.RowStep, _a.ColumnStep, b, _packed is null ? _b.RowStep : _width, _k, c, _rowC, _bias == null ? null : _bias + first, vectors);
                return;
            }
            LastPanel(panel, columns, rows, a, c, vectors);
        }

        /// <summary>The last vector is not full: compute a whole one beside the result and copy what belongs to it.</summary>
        private void LastPanel(long panel, long columns, long rows, float* a, float* c, int vectors)
        {
            Storage storage = NativePool.Rent((((_packed is null ? _k : 0) + rows + 1) * _width) * sizeof(float));
            float* result = (float*)storage.Data, bias = result + (rows * _width), b = bias + _width;
            if (_packed is null) PackedMatrix.PackPanel(_b.Data + (panel * _width), _b.RowStep, 1, _k, columns, _width, b);
            else b = _packed.Panel(panel);
            new Span<float>(bias, _width).Clear();
            if (_bias != null) new Span<float>(_bias + (panel * _width), (int)columns).CopyTo(new Span<float>(bias, _width));
            Tiles.Strip(rows, a, _a.RowStep, _a.ColumnStep, b, _width, _k, result, _width, _bias == null ? null : bias, vectors);
            for (long i = 0; i < rows; i++, c += _rowC, result += _width)
                new Span<float>(result, (int)columns).CopyTo(new Span<float>(c, (int)columns));
            storage.Release();
        }
    }
}
