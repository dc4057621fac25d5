using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Products of two matrices of any strides.</summary>
internal static unsafe class Products
{
    internal static Tensor Multiply(Tensor a, Tensor b)
    {
        var y = new Tensor([a.Sizes[0], b.Sizes[1]], a.Type);
        switch (a.Type)
        {
            case ScalarType.Float32:
                Gemm.Multiply(a.Sizes[0], b.Sizes[1], a.Sizes[1], MatrixOf(a), MatrixOf(b), null, y.Pointer<float>(), y.Sizes[1]);
                break;
            case ScalarType.Float64: Plain<double>(a, b, y); break;
            case ScalarType.Int64: Plain<long>(a, b, y); break;
            case ScalarType.Int32: Plain<int>(a, b, y); break;
            default: throw new InvalidOperationException($"There is no matrix product of type {a.Type}.");
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return y;
    }

    internal static Tensor Linear(Tensor x, Tensor weight, Tensor? bias)
    {
        if (bias is not null && (bias.Sizes.Length != 1 || bias.Sizes[0] != weight.Sizes[0]))
            throw new ArgumentException($"linear: the bias has shape {Tensor.Show(bias.Sizes)}; weights of shape {Tensor.Show(weight.Sizes)} need [{weight.Sizes[0]}].");
        if (x.Type != ScalarType.Float32)
        {
            Tensor product = Multiply(x, weight.detach().t());
            return bias is null ? product : product.detach().add(bias.detach());
        }
        var y = new Tensor([x.Sizes[0], weight.Sizes[0]], x.Type);
        Tensor? dense = bias?.contiguous();
        long m = x.Sizes[0], n = weight.Sizes[0], k = x.Sizes[1];
        bool few = n <= Dots.MostColumns && k >= 16;
        // For many rows the product packs as it goes; kept is what acting step by step needs again and again.
        PackedMatrix? packed = few ? null : m >= Gemm.RowsWorthPacking ? Kept(weight) : PackedTransposed(weight);
        Gemm.Multiply(m, n, k, MatrixOf(x), new Matrix(weight.Pointer<float>(), weight.Steps[1], weight.Steps[0]), packed, y.Pointer<float>(), y.Sizes[1], dense is null ? null : dense.Pointer<float>());
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(dense);
        return y;
    }

    private static PackedMatrix? Kept(Tensor weight)
    {
        Storage storage = weight.Live;
        return storage.PackedTransposed is { } kept && kept.Version == storage.Version && kept.Panels.Bits == SimdWidth.Bits
            && kept.Owner == (weight.Offset, weight.Sizes[0], weight.Sizes[1], weight.Steps[0]) ? kept : null;
    }

    private static PackedMatrix PackedTransposed(Tensor weight)
    {
        if (Kept(weight) is { } kept) return kept;
        Storage storage = weight.Live;
        storage.PackedTransposed?.Release();
        PackedMatrix packed = PackedMatrix.Pack(weight.Pointer<float>(), weight.Steps[1], weight.Steps[0], weight.Sizes[1], weight.Sizes[0], storage.Version);
        packed.Owner = (weight.Offset, weight.Sizes[0], weight.Sizes[1], weight.Steps[0]);
        return storage.PackedTransposed = packed;
    }

    private static Matrix MatrixOf(Tensor x) => new(x.Pointer<float>(), x.Steps[0], x.Steps[1]);

    private static void Plain<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged, INumber<T>
    {
        T* left = a.Pointer<T>(), right = b.Pointer<T>(), to = y.Pointer<T>();
        long n = y.Sizes[1];
        for (long i = 0; i < y.Sizes[0]; i++)
        {
            for (long j = 0; j < n; j++)
            {
                T sum = T.Zero;
                for (long k = 0; k < a.Sizes[1]; k++) sum += left[(i * a.Steps[0]) + (k * a.Steps[1])] * right[(k * b.Steps[0]) + (j * b.Steps[1])];
                to[(i * n) + j] = sum;
            }
        }
    }
}
