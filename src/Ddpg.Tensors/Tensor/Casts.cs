using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Copies between strides and element types.</summary>
internal static unsafe class Casts
{
    /// <summary>Copies with broadcasting; both may have any strides.</summary>
    internal static void CopyInto(Tensor source, Tensor destination)
    {
        if (source.Type == destination.Type && source.IsDense && destination.IsDense && source.Count == destination.Count)
        {
            long bytes = source.Count * source.Type.Size();
            Buffer.MemoryCopy(source.Live.Data + (source.Offset * source.Type.Size()), destination.Live.Data + (destination.Offset * source.Type.Size()), bytes, bytes);
        }
        else
        {
            switch (source.Type)
            {
                case ScalarType.Float32: From<float>(source, destination); break;
                case ScalarType.Float64: From<double>(source, destination); break;
                case ScalarType.Int64: From<long>(source, destination); break;
                case ScalarType.Int32: From<int>(source, destination); break;
                default: From<byte>(source, destination); break;
            }
        }
        GC.KeepAlive(source);
        GC.KeepAlive(destination);
    }

    private static void From<TFrom>(Tensor source, Tensor destination) where TFrom : unmanaged, INumber<TFrom>
    {
        switch (destination.Type)
        {
            case ScalarType.Float32: Copy<TFrom, float>(source, destination); break;
            case ScalarType.Float64: Copy<TFrom, double>(source, destination); break;
            case ScalarType.Int64: Copy<TFrom, long>(source, destination); break;
            case ScalarType.Int32: Copy<TFrom, int>(source, destination); break;
            case ScalarType.Byte: Copy<TFrom, byte>(source, destination); break;
            default: CopyTruth<TFrom>(source, destination); break;
        }
    }

    private static void Copy<TFrom, TTo>(Tensor source, Tensor destination)
        where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
    {
        var walk = Walk(source, destination);
        TFrom* from = source.Pointer<TFrom>();
        TTo* to = destination.Pointer<TTo>();
        while (walk.Next())
        {
            for (long i = 0; i < walk.InnerCount; i++)
                to[walk.First + (i * walk.InnerFirst)] = Convert<TFrom, TTo>(from[walk.Second + (i * walk.InnerSecond)]);
        }
    }

    /// <summary>Fractions are cut off and large values wrap, as in C; what is not a number becomes 0 in whole numbers.</summary>
    private static TTo Convert<TFrom, TTo>(TFrom value) where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo)) return (TTo)(object)value;
        bool narrows = typeof(TTo) == typeof(byte) || typeof(TTo) == typeof(int);
        return narrows ? TTo.CreateTruncating(long.CreateSaturating(value)) : TTo.CreateSaturating(value);
    }

    private static void CopyTruth<TFrom>(Tensor source, Tensor destination) where TFrom : unmanaged, INumber<TFrom>
    {
        var walk = Walk(source, destination);
        TFrom* from = source.Pointer<TFrom>();
        byte* to = destination.Pointer<byte>();
        while (walk.Next())
        {
            for (long i = 0; i < walk.InnerCount; i++)
                to[walk.First + (i * walk.InnerFirst)] = TFrom.IsZero(from[walk.Second + (i * walk.InnerSecond)]) ? (byte)0 : (byte)1;
        }
    }

    private static StridedWalk Walk(Tensor source, Tensor destination) =>
        new(destination.Sizes, destination.Steps, Shapes.BroadcastSteps(source.Sizes, source.Steps, destination.Sizes), null);
}
