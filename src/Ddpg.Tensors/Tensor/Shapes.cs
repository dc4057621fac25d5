using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Arithmetic on shapes: dense steps, broadcasting, dimensions counted from the end, element types.</summary>
internal static class Shapes
{
    internal static readonly long[] Scalar = [];

    internal static long Count(ReadOnlySpan<long> sizes)
    {
        long count = 1;
        foreach (long size in sizes)
        {
            if (size < 0) throw new ArgumentException($"A size is 0 or more, not {size} (in {Tensor.Show(sizes)}).");
            count = checked(count * size);
        }
        return count;
    }

    internal static long[] DenseSteps(long[] sizes)
    {
        if (sizes.Length == 0) return Scalar;
        var steps = new long[sizes.Length];
        long step = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            steps[i] = step;
            step *= Math.Max(sizes[i], 1);
        }
        return steps;
    }

    internal static bool IsDense(long[] sizes, long[] steps)
    {
        long step = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            if (sizes[i] == 0) return true;
            if (sizes[i] != 1 && steps[i] != step) return false;
            step *= sizes[i];
        }
        return true;
    }

    /// <summary>Turns −1 into the last dimension, and refuses what does not exist.</summary>
    internal static int Dimension(long dimension, int count)
    {
        int limit = Math.Max(count, 1);
        if (dimension < -limit || dimension >= limit)
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"A tensor of {count} dimensions has dimensions {-limit} to {limit - 1}.");
        return (int)(dimension < 0 ? dimension + limit : dimension);
    }

    internal static long[] Broadcast(long[] a, long[] b)
    {
        if (a.AsSpan().SequenceEqual(b)) return a;
        int length = Math.Max(a.Length, b.Length);
        var sizes = new long[length];
        for (int i = 1; i <= length; i++)
        {
            long x = i <= a.Length ? a[^i] : 1;
            long y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                throw new ArgumentException(
                    $"Shapes {Tensor.Show(a)} and {Tensor.Show(b)} cannot be broadcast together: sizes {x} and {y} meet in dimension {length - i}; " +
                    "they must be equal, or one of them 1.");
            }
            sizes[^i] = x == 1 ? y : x;
        }
        return sizes;
    }

    /// <summary>The steps with which a tensor is read as if it had the broadcast shape: 0 where it repeats.</summary>
    internal static long[] BroadcastSteps(long[] sizes, long[] steps, long[] target)
    {
        var result = new long[target.Length];
        int lead = target.Length - sizes.Length;
        for (int i = 0; i < sizes.Length; i++) result[lead + i] = sizes[i] == 1 && target[lead + i] != 1 ? 0 : steps[i];
        return result;
    }

    internal static int Size(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Bool => 1,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new ArgumentException($"This engine has no element type {type}; it has Byte, Bool, Int32, Int64, Float32 and Float64."),
    };

    internal static bool IsFloating(this ScalarType type) => type is ScalarType.Float32 or ScalarType.Float64;

    internal static ScalarType Promote(ScalarType a, ScalarType b) => Rank(a) >= Rank(b) ? a : b;

    /// <summary>PyTorch's rule: a tensor without dimensions decides only when it is of a higher category than one with dimensions.</summary>
    internal static ScalarType ResultType(Tensor a, Tensor b)
    {
        if (a.Type == b.Type) return a.Type;
        bool aScalar = a.Sizes.Length == 0, bScalar = b.Sizes.Length == 0;
        if (aScalar == bScalar) return Promote(a.Type, b.Type);
        ScalarType tensor = aScalar ? b.Type : a.Type, scalar = aScalar ? a.Type : b.Type;
        return Category(scalar) > Category(tensor) ? scalar : tensor;
    }

    internal static ScalarType ResultType(Tensor a, TorchSharp.Scalar b)
    {
        if (a.Type.IsFloating()) return a.Type;
        if (b.IsFloating) return get_default_dtype();
        return a.Type == ScalarType.Bool && b.Type != ScalarType.Bool ? ScalarType.Int64 : a.Type;
    }

    private static int Rank(ScalarType type) => type switch
    {
        ScalarType.Bool => 0,
        ScalarType.Byte => 1,
        ScalarType.Int32 => 2,
        ScalarType.Int64 => 3,
        ScalarType.Float32 => 4,
        _ => 5,
    };

    private static int Category(ScalarType type) => type switch
    {
        ScalarType.Bool => 0,
        ScalarType.Float32 or ScalarType.Float64 => 2,
        _ => 1,
    };
}
