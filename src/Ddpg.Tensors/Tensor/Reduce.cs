using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Reduces a tensor seen as (outer, reduced, inner). The order of every sum is a matter of the shape alone: along rows in sixteen
/// lanes that are added pairwise at the end, down columns from top to bottom.
/// </summary>
internal static unsafe class Reduce
{
    /// <summary>The shape of the result with its reduced dimensions kept as 1; no dimensions given means all of them.</summary>
    internal static long[] KeptShape(Tensor x, long[] dims)
    {
        var sizes = (long[])x.Sizes.Clone();
        if (dims.Length == 0) Array.Fill(sizes, 1);
        foreach (long dim in dims)
        {
            int d = Shapes.Dimension(dim, sizes.Length);
            if (sizes.Length > 0) sizes[d] = 1;
        }
        return sizes;
    }

    internal static Tensor Sum(Tensor x, long[] dims, bool keepdim) => Run(x, dims, keepdim, Kind.Sum);

    internal static Tensor Product(Tensor x, long[] dims, bool keepdim) => Run(x, dims, keepdim, Kind.Product);

    internal static Tensor Extreme(Tensor x, long[] dims, bool keepdim, bool largest)
    {
        if (x.Count == 0 && Shapes.Count(KeptShape(x, dims)) > 0)
            throw new ArgumentException($"The largest or smallest of no elements (shape {Tensor.Show(x.Sizes)}) has no meaning.");
        return Run(x, dims, keepdim, largest ? Kind.Largest : Kind.Smallest);
    }

    private enum Kind { Sum, Product, Largest, Smallest }

    private static Tensor Run(Tensor x, long[] dims, bool keepdim, Kind kind)
    {
        _ = x.Live;
        int n = x.Sizes.Length;
        var reduced = new bool[n];
        if (dims.Length == 0) Array.Fill(reduced, true);
        foreach (long dim in dims)
        {
            int d = Shapes.Dimension(dim, n);
            if (n == 0) break;
            if (reduced[d]) throw new ArgumentException($"Dimension {d} appears twice among those to reduce.");
            reduced[d] = true;
        }
        Tensor y = new(KeptShape(x, dims), x.Type);
        Arrange(x, reduced, out Tensor dense, out long outer, out long count, out long inner);
        switch (x.Type)
        {
            case ScalarType.Float32: Walk<float>(dense, y, outer, count, inner, kind); break;
            case ScalarType.Float64: Walk<double>(dense, y, outer, count, inner, kind); break;
            case ScalarType.Int64: Walk<long>(dense, y, outer, count, inner, kind); break;
            case ScalarType.Int32: Walk<int>(dense, y, outer, count, inner, kind); break;
            default: Walk<byte>(dense, y, outer, count, inner, kind); break;
        }
        GC.KeepAlive(dense);
        if (keepdim || n == 0) return y;
        long[] sizes = [.. Enumerable.Range(0, n).Where(i => !reduced[i]).Select(i => x.Sizes[i])];
        Tensor result = y.View(sizes, Shapes.DenseSteps(sizes), y.Offset);
        y.Dispose();
        return result;
    }

    /// <summary>Finds (outer, reduced, inner) in a dense tensor whose reduced dimensions are neighbours; otherwise moves them to the end.</summary>
    private static void Arrange(Tensor x, bool[] reduced, out Tensor dense, out long outer, out long count, out long inner)
    {
        int first = Array.IndexOf(reduced, true), last = Array.LastIndexOf(reduced, true);
        if (first < 0) (first, last) = (reduced.Length, reduced.Length - 1);
        bool neighbours = Array.IndexOf(reduced, false, first, Math.Max(0, last - first + 1)) < 0;
        if (neighbours)
        {
            dense = x.IsDense ? x : x.detach().contiguous();
            outer = Shapes.Count(x.Sizes.AsSpan(0, first));
            count = Shapes.Count(x.Sizes.AsSpan(first, last - first + 1));
            inner = Shapes.Count(x.Sizes.AsSpan(last + 1));
            return;
        }
        long[] order = [.. Enumerable.Range(0, reduced.Length).OrderBy(i => reduced[i]).Select(i => (long)i)];
        dense = x.detach().permute(order).contiguous();
        count = 1;
        for (int i = 0; i < reduced.Length; i++) count *= reduced[i] ? x.Sizes[i] : 1;
        outer = Shapes.Count([.. x.Sizes.Where((_, i) => !reduced[i])]);
        inner = 1;
    }

    private static void Walk<T>(Tensor x, Tensor y, long outer, long count, long inner, Kind kind) where T : unmanaged, INumber<T>
    {
        T* from = x.Pointer<T>(), to = y.Pointer<T>();
        if (typeof(T) == typeof(float) && kind == Kind.Sum && inner == 1)
        {
            for (long o = 0; o < outer; o++) ((float*)to)[o] = LaneSums.Row((float*)from + (o * count), count);
            return;
        }
        if (typeof(T) == typeof(float) && kind == Kind.Sum)
        {
            for (long o = 0; o < outer; o++) LaneSums.Columns((float*)from + (o * count * inner), count, inner, (float*)to + (o * inner));
            return;
        }
        for (long o = 0; o < outer; o++)
            for (long i = 0; i < inner; i++) to[(o * inner) + i] = Fold(from + (o * count * inner) + i, count, inner, kind);
    }

    private static T Fold<T>(T* x, long count, long step, Kind kind) where T : unmanaged, INumber<T>
    {
        T value = kind switch { Kind.Sum => T.Zero, Kind.Product => T.One, _ => *x };
        for (long k = 0; k < count; k++)
        {
            T next = x[k * step];
            value = kind switch
            {
                Kind.Sum => value + next,
                Kind.Product => value * next,
                Kind.Largest => T.IsNaN(value) || next <= value ? value : next,
                _ => T.IsNaN(value) || next >= value ? value : next,
            };
        }
        return value;
    }

    /// <summary>The place of the first largest or smallest element along a dimension; what is not a number counts as both.</summary>
    internal static Tensor Position(Tensor x, long dim, bool keepdim, bool largest)
    {
        int d = Shapes.Dimension(dim, x.Sizes.Length);
        if (x.Sizes[d] == 0) throw new ArgumentException($"The largest or smallest of no elements (dimension {dim} of shape {Tensor.Show(x.Sizes)}) has no meaning.");
        Tensor dense = x.detach().As(ScalarType.Float64).contiguous();
        if (x.Type == ScalarType.Int64) dense = x.detach().contiguous();
        var y = new Tensor(KeptShape(x, [d]), ScalarType.Int64);
        long outer = Shapes.Count(x.Sizes.AsSpan(0, d)), inner = Shapes.Count(x.Sizes.AsSpan(d + 1)), count = x.Sizes[d];
        if (dense.Type == ScalarType.Int64) Find<long>(dense, y, outer, count, inner, largest);
        else Find<double>(dense, y, outer, count, inner, largest);
        GC.KeepAlive(dense);
        return keepdim ? y : y.squeeze(d);
    }

    private static void Find<T>(Tensor x, Tensor y, long outer, long count, long inner, bool largest) where T : unmanaged, INumber<T>
    {
        T* from = x.Pointer<T>();
        long* to = y.Pointer<long>();
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < inner; i++)
            {
                T* row = from + (o * count * inner) + i;
                long best = 0;
                for (long k = 1; k < count && !T.IsNaN(row[best * inner]); k++)
                {
                    T next = row[k * inner], champion = row[best * inner];
                    if (T.IsNaN(next) || (largest ? next > champion : next < champion)) best = k;
                }
                to[(o * inner) + i] = best;
            }
        }
    }

    internal static Tensor Running(Tensor x, long dim, bool product)
    {
        int d = Shapes.Dimension(dim, x.Sizes.Length);
        Tensor y = x.detach().contiguous().clone();
        if (x.Sizes.Length == 0) return y;
        long outer = Shapes.Count(x.Sizes.AsSpan(0, d)), inner = Shapes.Count(x.Sizes.AsSpan(d + 1)), count = x.Sizes[d];
        switch (y.Type)
        {
            case ScalarType.Float32: Run<float>(y, outer, count, inner, product); break;
            case ScalarType.Float64: Run<double>(y, outer, count, inner, product); break;
            default: Run<long>(y, outer, count, inner, product); break;
        }
        return y;
    }

    private static void Run<T>(Tensor y, long outer, long count, long inner, bool product) where T : unmanaged, INumber<T>
    {
        T* to = y.Pointer<T>();
        for (long o = 0; o < outer; o++)
        {
            T* block = to + (o * count * inner);
            for (long k = inner; k < count * inner; k++) block[k] = product ? block[k] * block[k - inner] : block[k] + block[k - inner];
        }
    }

    /// <summary>A stable order along a dimension; what is not a number comes last going up and first going down, as in PyTorch.</summary>
    internal static Tensor Order(Tensor x, long dim, bool descending)
    {
        int d = Shapes.Dimension(dim, x.Sizes.Length);
        Tensor rows = x.detach().transpose(d, -1).As(ScalarType.Float64).contiguous();
        var order = new Tensor(rows.Sizes, ScalarType.Int64);
        long n = x.Sizes[d];
        var places = new int[n];
        for (long start = 0; n > 0 && start < rows.Count; start += n)
        {
            double* row = rows.Pointer<double>() + start;
            for (int i = 0; i < n; i++) places[i] = i;
            Array.Sort(places, (a, b) =>
            {
                double left = row[descending ? b : a], right = row[descending ? a : b];
                int compared = double.IsNaN(left) ? (double.IsNaN(right) ? 0 : 1) : double.IsNaN(right) ? -1 : left.CompareTo(right);
                return compared != 0 ? compared : a.CompareTo(b);
            });
            long* to = order.Pointer<long>() + start;
            for (int i = 0; i < n; i++) to[i] = places[i];
        }
        GC.KeepAlive(rows);
        return order.transpose(d, -1);
    }
}
