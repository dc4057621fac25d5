namespace TorchSharp;

public static partial class torch
{
    private static Tensor Leaf(Tensor x, bool requiresGrad) => requiresGrad ? x.requires_grad_() : x;

    private static Tensor Empty(long[] size, ScalarType? type, bool requiresGrad) =>
        Leaf(new Tensor((long[])size.Clone(), type ?? _defaultType), requiresGrad);

    private static Tensor Constant(long[] size, int value, ScalarType? type, bool requiresGrad) => Full(size, value, type ?? _defaultType, requiresGrad);

    private static Tensor Full(long[] size, Scalar value, ScalarType? type, bool requiresGrad)
    {
        ScalarType own = value.IsFloating ? _defaultType : value.Type == ScalarType.Bool ? ScalarType.Bool : ScalarType.Int64;
        var x = new Tensor((long[])size.Clone(), type ?? own);
        Fills.Constant(x, value);
        return Leaf(x, requiresGrad);
    }

    private static Tensor Random(long[] size, bool normal, ScalarType? type, bool requiresGrad, Generator? generator)
    {
        var x = new Tensor((long[])size.Clone(), type ?? _defaultType);
        if (normal) Fills.Normal(x, 0, 1, generator ?? Generator.Default);
        else Fills.Uniform(x, 0, 1, generator ?? Generator.Default);
        return Leaf(x, requiresGrad);
    }

    internal static ScalarType TypeOf<T>() =>
        typeof(T) == typeof(float) ? ScalarType.Float32 : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64 : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(bool) ? ScalarType.Bool : typeof(T) == typeof(byte) ? ScalarType.Byte
        : throw new ArgumentException($"Tensors hold float, double, long, int, byte or bool, not {typeof(T).Name}.");

    private static unsafe Tensor Of<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? type, bool requiresGrad) where T : unmanaged
    {
        var x = new Tensor(shape.ToArray(), TypeOf<T>());
        if (x.Count != values.Length) throw new ArgumentException($"{values.Length} values do not fill the shape {Tensor.Show(shape)}, which holds {x.Count}.");
        values.CopyTo(new Span<T>(x.Pointer<T>(), values.Length));
        return Leaf(type is { } other ? x.As(other) : x, requiresGrad);
    }

    private static unsafe Tensor FromArray(Array array, ScalarType? type, bool requiresGrad)
    {
        ScalarType own = array switch
        {
            _ when array.GetType().GetElementType() == typeof(float) => ScalarType.Float32,
            _ when array.GetType().GetElementType() == typeof(double) => ScalarType.Float64,
            _ when array.GetType().GetElementType() == typeof(long) => ScalarType.Int64,
            _ when array.GetType().GetElementType() == typeof(int) => ScalarType.Int32,
            _ when array.GetType().GetElementType() == typeof(bool) => ScalarType.Bool,
            _ when array.GetType().GetElementType() == typeof(byte) => ScalarType.Byte,
            _ => throw new ArgumentException($"Tensors hold float, double, long, int, byte or bool, not {array.GetType().GetElementType()?.Name}."),
        };
        long[] shape = [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];
        var x = new Tensor(shape, own);
        long bytes = x.Count * own.Size();
        fixed (byte* from = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array))
            Buffer.MemoryCopy(from, x.Live.Data, bytes, bytes);
        return Leaf(type is { } other ? x.As(other) : x, requiresGrad);
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => FromArray(rawArray, null, false);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray(rawArray, dtype, requires_grad);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => dtype is { } type ? data.to(type) : data.alias();

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => FromArray(data, dtype, false);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        input.zeros_like(dtype, device, requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        input.ones_like(dtype, device, requires_grad);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        input.empty_like(dtype, device, requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        input.full_like(value, dtype, device, requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static unsafe Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        if (step.Value == 0 || (stop.Value - start.Value) / step.Value < 0)
            throw new ArgumentException($"arange: from {start.Value} there is no way to {stop.Value} in steps of {step.Value}.");
        bool floating = start.IsFloating || stop.IsFloating || step.IsFloating;
        ScalarType type = dtype ?? (floating ? _defaultType : ScalarType.Int64);
        long count = (long)Math.Ceiling((stop.Value - start.Value) / step.Value);
        var x = new Tensor([count], floating ? ScalarType.Float64 : ScalarType.Int64);
        for (long i = 0; i < count; i++)
        {
            if (floating) x.Pointer<double>()[i] = start.Value + (i * step.Value);
            else x.Pointer<long>()[i] = start.Whole + (i * step.Whole);
        }
        return Leaf(x.As(type), requires_grad);
    }

    public static unsafe Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var x = new Tensor([steps], ScalarType.Float64);
        double step = steps > 1 ? (end - start) / (steps - 1) : 0;
        // From both ends, so that the last value is exactly the end.
        for (long i = 0; i < steps; i++) x.Pointer<double>()[i] = i < steps / 2 || steps == 1 ? start + (i * step) : end - ((steps - 1 - i) * step);
        return Leaf(x.As(dtype ?? _defaultType), requires_grad);
    }

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor exponents = linspace(start, end, steps, ScalarType.Float64);
        return Leaf(full([], @base, ScalarType.Float64).pow(exponents).to(dtype ?? _defaultType), requires_grad);
    }

    public static unsafe Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        long width = columns < 0 ? rows : columns;
        Tensor x = zeros([rows, width], ScalarType.Float64);
        for (long i = 0; i < Math.Min(rows, width); i++) x.Pointer<double>()[(i * width) + i] = 1;
        return Leaf(x.As(dtype ?? _defaultType), requires_grad);
    }

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Whole(low, high, size.Shape, dtype, requires_grad, generator);

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Whole(0, high, size.Shape, dtype, requires_grad, generator);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Whole(0, high, size, dtype, requires_grad, generator);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Whole(low, high, size, dtype, requires_grad, generator);

    private static Tensor Whole(long low, long high, long[] size, ScalarType? type, bool requiresGrad, Generator? generator)
    {
        var x = new Tensor((long[])size.Clone(), type ?? ScalarType.Int64);
        Fills.Whole(x, low, high, generator ?? Generator.Default);
        return Leaf(x, requiresGrad);
    }

    public static unsafe Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        Tensor x = arange(n);
        Generator source = generator ?? Generator.Default;
        long* p = x.Pointer<long>();
        lock (source.Gate)
        {
            for (long i = n - 1; i > 0; i--)
            {
                long j = (long)source.NextBelow((ulong)i + 1);
                (p[i], p[j]) = (p[j], p[i]);
            }
        }
        return Leaf(x.As(dtype ?? ScalarType.Int64), requires_grad);
    }

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        var x = new Tensor(size.ToArray(), dtype ?? _defaultType);
        Fills.Normal(x, mean, std, generator ?? Generator.Default);
        return Leaf(x, requires_grad);
    }

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        mean.add(std.mul(Random(Shapes.Broadcast(mean.Sizes, std.Sizes), true, Shapes.ResultType(mean, std), false, generator)));

    public static Tensor bernoulli(Tensor input, Generator? generator = null) =>
        rand(input.Sizes, input.Type, generator: generator).lt(input).to(input.Type);

    public partial class Tensor
    {
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Constant(LiveSizes, 0, dtype ?? Type, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Constant(LiveSizes, 1, dtype ?? Type, requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Empty(LiveSizes, dtype ?? Type, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Full(LiveSizes, value, dtype ?? Type, requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Random(LiveSizes, false, dtype ?? Type, requires_grad, null);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Random(LiveSizes, true, dtype ?? Type, requires_grad, null);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Constant(size, 0, dtype ?? Type, requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Full(size, value, dtype ?? Type, requires_grad);
    }
}
