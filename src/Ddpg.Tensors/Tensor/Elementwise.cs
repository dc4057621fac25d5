using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Runs an elementwise operation over tensors of any strides: float and double as they are, whole numbers as 64-bit ones.
/// Neighbouring dimensions that can be walked as one are merged first, so equal dense shapes are a single row.
/// </summary>
internal static unsafe class Elementwise
{
    internal static Tensor Unary<TOp>(TOp op, Tensor x, ScalarType? type = null) where TOp : struct, IUnary
    {
        ScalarType result = type ?? x.Type, compute = ComputeType(result);
        Tensor input = x.As(compute);
        var y = new Tensor(x.Sizes, compute);
        UnaryInto(op, input, y);
        return y.As(result);
    }

    /// <summary>For an operation whose result is fractional: whole numbers become the default float type first.</summary>
    internal static Tensor UnaryFloat<TOp>(TOp op, Tensor x) where TOp : struct, IUnary =>
        Unary(op, x, x.Type.IsFloating() ? x.Type : get_default_dtype());

    internal static Tensor Binary<TOp>(TOp op, Tensor a, Tensor b, ScalarType? type = null) where TOp : struct, IBinary
    {
        ScalarType result = type ?? Shapes.ResultType(a, b), compute = ComputeType(result);
        var y = new Tensor(Shapes.Broadcast(a.Sizes, b.Sizes), compute);
        BinaryInto(op, a.As(compute), b.As(compute), y);
        return y.As(result);
    }

    internal static Tensor Binary<TOp>(TOp op, Tensor a, Scalar b, bool scalarFirst = false, ScalarType? type = null) where TOp : struct, IBinary
    {
        ScalarType result = type ?? Shapes.ResultType(a, b), compute = ComputeType(result);
        var y = new Tensor(a.Sizes, compute);
        ScalarInto(op, a.As(compute), b, scalarFirst, y);
        return y.As(result);
    }

    internal static void UnaryInto<TOp>(TOp op, Tensor x, Tensor y) where TOp : struct, IUnary
    {
        switch (y.Type)
        {
            case ScalarType.Float32: Walk2<TOp, float>(op, x, y); break;
            case ScalarType.Float64: Walk2<TOp, double>(op, x, y); break;
            default: Walk2<TOp, long>(op, x, y); break;
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    internal static void BinaryInto<TOp>(TOp op, Tensor a, Tensor b, Tensor y) where TOp : struct, IBinary
    {
        switch (y.Type)
        {
            case ScalarType.Float32: Walk3<TOp, float>(op, a, b, y); break;
            case ScalarType.Float64: Walk3<TOp, double>(op, a, b, y); break;
            default: Walk3<TOp, long>(op, a, b, y); break;
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(y);
    }

    internal static void ScalarInto<TOp>(TOp op, Tensor a, Scalar b, bool scalarFirst, Tensor y) where TOp : struct, IBinary
    {
        float single = (float)b.Value;
        double value = b.Value;
        long whole = b.Whole;
        switch (y.Type)
        {
            case ScalarType.Float32: WalkScalar(op, a, &single, scalarFirst, y); break;
            case ScalarType.Float64: WalkScalar(op, a, &value, scalarFirst, y); break;
            default: WalkScalar(op, a, &whole, scalarFirst, y); break;
        }
        GC.KeepAlive(a);
        GC.KeepAlive(y);
    }

    /// <summary>The operation in place: the result keeps the first tensor's shape and element type.</summary>
    internal static void InPlace<TOp>(TOp op, Tensor a, Tensor b) where TOp : struct, IBinary
    {
        if (!Shapes.Broadcast(a.Sizes, b.Sizes).AsSpan().SequenceEqual(a.Sizes))
            throw new ArgumentException($"An in-place operation keeps its tensor's shape {Tensor.Show(a.Sizes)}; {Tensor.Show(b.Sizes)} does not broadcast to it.");
        ScalarType promoted = Shapes.ResultType(a, b);
        if (promoted.IsFloating() && !a.Type.IsFloating())
            throw new InvalidOperationException($"The result has type {promoted} and cannot be stored in place in a tensor of type {a.Type}.");
        // Another view of the same buffer may be read after it was written.
        bool overlaps = a.Live == b.Live && !(a.Offset == b.Offset && a.Sizes.AsSpan().SequenceEqual(b.Sizes) && a.Steps.AsSpan().SequenceEqual(b.Steps));
        Tensor other = overlaps ? b.clone() : b;
        ScalarType compute = ComputeType(a.Type);
        if (compute == a.Type)
        {
            BinaryInto(op, a, other.As(compute), a);
            return;
        }
        using Tensor result = Binary(op, a, other, a.Type);
        Casts.CopyInto(result, a);
    }

    internal static void InPlace<TOp>(TOp op, Tensor a, Scalar b) where TOp : struct, IBinary
    {
        if (b.IsFloating && !a.Type.IsFloating())
            throw new InvalidOperationException($"The result has a floating-point type and cannot be stored in place in a tensor of type {a.Type}.");
        if (ComputeType(a.Type) == a.Type)
        {
            ScalarInto(op, a, b, false, a);
            return;
        }
        using Tensor result = Binary(op, a, b, false, a.Type);
        Casts.CopyInto(result, a);
    }

    internal static void InPlace<TOp>(TOp op, Tensor a) where TOp : struct, IUnary
    {
        if (ComputeType(a.Type) == a.Type)
        {
            UnaryInto(op, a, a);
            return;
        }
        using Tensor result = Unary(op, a);
        Casts.CopyInto(result, a);
    }

    internal static ScalarType ComputeType(ScalarType type) => type.IsFloating() ? type : ScalarType.Int64;

    private static void Walk2<TOp, T>(TOp op, Tensor x, Tensor y) where TOp : struct, IUnary where T : unmanaged
    {
        if (x.IsDense && y.IsDense)
        {
            SharedRows.Unary(op, x.Pointer<T>(), y.Pointer<T>(), y.Count);
            return;
        }
        var walk = new StridedWalk(y.Sizes, y.Steps, Shapes.BroadcastSteps(x.Sizes, x.Steps, y.Sizes), null);
        T* from = x.Pointer<T>(), to = y.Pointer<T>();
        while (walk.Next()) Rows.Unary(op, from + walk.Second, walk.InnerSecond, to + walk.First, walk.InnerFirst, walk.InnerCount);
    }

    private static void Walk3<TOp, T>(TOp op, Tensor a, Tensor b, Tensor y) where TOp : struct, IBinary where T : unmanaged
    {
        if (y.IsDense && a.IsDense && a.Count == y.Count)
        {
            if (b.IsDense && b.Count == y.Count)
            {
                SharedRows.Binary(op, a.Pointer<T>(), b.Pointer<T>(), y.Pointer<T>(), y.Count);
                return;
            }
            if (b.Count == 1)
            {
                Rows.Binary(op, a.Pointer<T>(), 1, b.Pointer<T>(), 0, y.Pointer<T>(), 1, y.Count);
                return;
            }
        }
        var walk = new StridedWalk(y.Sizes, y.Steps, Shapes.BroadcastSteps(a.Sizes, a.Steps, y.Sizes), Shapes.BroadcastSteps(b.Sizes, b.Steps, y.Sizes));
        T* left = a.Pointer<T>(), right = b.Pointer<T>(), to = y.Pointer<T>();
        while (walk.Next())
            Rows.Binary(op, left + walk.Second, walk.InnerSecond, right + walk.Third, walk.InnerThird, to + walk.First, walk.InnerFirst, walk.InnerCount);
    }

    private static void WalkScalar<TOp, T>(TOp op, Tensor a, T* value, bool scalarFirst, Tensor y) where TOp : struct, IBinary where T : unmanaged
    {
        T* from = a.Pointer<T>(), to = y.Pointer<T>();
        if (a.IsDense && y.IsDense)
        {
            if (scalarFirst) Rows.Binary(op, value, 0, from, 1, to, 1, y.Count);
            else Rows.Binary(op, from, 1, value, 0, to, 1, y.Count);
            return;
        }
        var walk = new StridedWalk(y.Sizes, y.Steps, a.Steps, null);
        while (walk.Next())
        {
            if (scalarFirst) Rows.Binary(op, value, 0, from + walk.Second, walk.InnerSecond, to + walk.First, walk.InnerFirst, walk.InnerCount);
            else Rows.Binary(op, from + walk.Second, walk.InnerSecond, value, 0, to + walk.First, walk.InnerFirst, walk.InnerCount);
        }
    }
}
