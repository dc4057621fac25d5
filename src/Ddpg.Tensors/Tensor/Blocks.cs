using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Moves whole blocks of a dense tensor to and from positions along one dimension.</summary>
internal static unsafe class Blocks
{
    internal static void Gather(Tensor x, Tensor index, Tensor y, int dim)
    {
        long size = x.Type.Size(), inner = Shapes.Count(x.Sizes.AsSpan(dim < x.Sizes.Length ? dim + 1 : 0)) * size;
        long outer = Shapes.Count(x.Sizes.AsSpan(0, dim)), length = x.Sizes.Length == 0 ? 1 : x.Sizes[dim];
        byte* from = x.Live.Data + (x.Offset * size), to = y.Live.Data + (y.Offset * size);
        long* i = index.Pointer<long>();
        for (long o = 0; o < outer; o++)
        {
            for (long k = 0; k < index.Count; k++)
                Buffer.MemoryCopy(from + (((o * length) + i[k]) * inner), to + (((o * index.Count) + k) * inner), inner, inner);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(index);
        GC.KeepAlive(y);
    }

    internal static void Scatter(Tensor source, Tensor index, Tensor y, int dim, bool add)
    {
        long size = y.Type.Size(), inner = Shapes.Count(y.Sizes.AsSpan(dim < y.Sizes.Length ? dim + 1 : 0));
        long outer = Shapes.Count(y.Sizes.AsSpan(0, dim)), length = y.Sizes.Length == 0 ? 1 : y.Sizes[dim];
        byte* from = source.Live.Data + (source.Offset * size), to = y.Live.Data + (y.Offset * size);
        long* i = index.Pointer<long>();
        for (long o = 0; o < outer; o++)
        {
            for (long k = 0; k < index.Count; k++)
            {
                byte* f = from + (((o * index.Count) + k) * inner * size), t = to + (((o * length) + i[k]) * inner * size);
                if (!add) Buffer.MemoryCopy(f, t, inner * size, inner * size);
                else AddBlock(y.Type, f, t, inner);
            }
        }
        GC.KeepAlive(source);
        GC.KeepAlive(index);
        GC.KeepAlive(y);
    }

    private static void AddBlock(ScalarType type, byte* from, byte* to, long count)
    {
        for (long i = 0; i < count; i++)
        {
            switch (type)
            {
                case ScalarType.Float32: ((float*)to)[i] += ((float*)from)[i]; break;
                case ScalarType.Float64: ((double*)to)[i] += ((double*)from)[i]; break;
                case ScalarType.Int64: ((long*)to)[i] += ((long*)from)[i]; break;
                case ScalarType.Int32: ((int*)to)[i] += ((int*)from)[i]; break;
                case ScalarType.Byte: to[i] += from[i]; break;
                default: to[i] |= from[i]; break;
            }
        }
    }
}
