using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Fills a tensor of any strides, element after element in row order.</summary>
internal static unsafe class Fills
{
    internal static void Constant(Tensor x, Scalar value)
    {
        if (x.IsDense && value.Value == 0)
        {
            if (x.Offset == 0) x.Live.ZeroWhenSeen(x.Count * x.Type.Size());
            else NativeClear(x);
            return;
        }
        switch (x.Type)
        {
            case ScalarType.Float32: Fill(x, (float)value.Value); break;
            case ScalarType.Float64: Fill(x, value.Value); break;
            case ScalarType.Int64: Fill(x, value.Whole); break;
            case ScalarType.Int32: Fill(x, (int)value.Whole); break;
            case ScalarType.Byte: Fill(x, (byte)value.Whole); break;
            default: Fill(x, value.Value != 0); break;
        }
    }

    internal static void Uniform(Tensor x, double from, double to, Generator generator)
    {
        Float(x, "uniform_");
        lock (generator.Gate) Each(x, _ => from + ((to - from) * generator.NextDouble()), below: to);
    }

    /// <summary>Pairs of normal numbers from pairs of uniform ones (Box and Muller), with our own log, sin and cos.</summary>
    internal static void Normal(Tensor x, double mean, double deviation, Generator generator)
    {
        Float(x, "normal_");
        if (deviation < 0) throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A standard deviation is 0 or more.");
        double second = 0;
        lock (generator.Gate) Each(x, Next);

        double Next(long i)
        {
            if ((i & 1) != 0) return mean + (deviation * second);
            double radius = Math.Sqrt(-2 * DoubleMath.Log(1 - generator.NextDouble())), angle = 2 * Math.PI * generator.NextDouble();
            second = radius * DoubleMath.Sin(angle);
            return mean + (deviation * radius * DoubleMath.Cos(angle));
        }
    }

    internal static void Bernoulli(Tensor x, double p, double unused, Generator generator)
    {
        if (p is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        using Tensor draws = new(x.Sizes, ScalarType.Float64);
        lock (generator.Gate) Each(draws, _ => generator.NextDouble() < p ? 1 : 0);
        Casts.CopyInto(draws, x);
    }

    internal static void Whole(Tensor x, long low, long high, Generator generator)
    {
        if (low >= high) throw new ArgumentException($"randint: low ({low}) must be less than high ({high}).");
        using Tensor draws = new(x.Sizes, ScalarType.Int64);
        long* to = draws.Pointer<long>();
        lock (generator.Gate)
        {
            for (long i = 0; i < draws.Count; i++) to[i] = low + (long)generator.NextBelow((ulong)(high - low));
        }
        Casts.CopyInto(draws, x);
    }

    private static void Float(Tensor x, string operation)
    {
        if (!x.Type.IsFloating()) throw new InvalidOperationException($"{operation} fills floating-point tensors, and this one is {x.Type}.");
    }

    /// <summary>Rounding to float can reach the excluded upper limit; such a number is drawn a step lower.</summary>
    private static void Each(Tensor x, Func<long, double> next, double below = double.PositiveInfinity)
    {
        using Tensor? apart = x.IsDense ? null : new Tensor(x.Sizes, x.Type);
        Tensor y = apart ?? x;
        if (y.Type == ScalarType.Float32)
        {
            float* to = y.Pointer<float>(), limit = stackalloc float[1];
            *limit = (float)below;
            for (long i = 0; i < y.Count; i++)
            {
                float value = (float)next(i);
                to[i] = value >= *limit ? MathF.BitDecrement(*limit) : value;
            }
        }
        else
        {
            double* to = y.Pointer<double>();
            for (long i = 0; i < y.Count; i++) to[i] = next(i);
        }
        if (apart is not null) Casts.CopyInto(apart, x);
        GC.KeepAlive(x);
    }

    private static void Fill<T>(Tensor x, T value) where T : unmanaged
    {
        T* to = x.Pointer<T>();
        if (x.IsDense && x.Count <= int.MaxValue)
        {
            new Span<T>(to, (int)x.Count).Fill(value);
        }
        else
        {
            var walk = new StridedWalk(x.Sizes, x.Steps, x.Steps, null);
            while (walk.Next())
                for (long i = 0; i < walk.InnerCount; i++) to[walk.First + (i * walk.InnerFirst)] = value;
        }
        GC.KeepAlive(x);
    }

    private static void NativeClear(Tensor x)
    {
        int size = x.Type.Size();
        System.Runtime.InteropServices.NativeMemory.Clear(x.Live.Data + (x.Offset * size), (nuint)(x.Count * size));
        GC.KeepAlive(x);
    }
}
