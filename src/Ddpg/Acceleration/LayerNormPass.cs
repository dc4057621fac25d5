using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

/// <summary>Layer normalisation (Ba et al. 2016), in place: <c>y = w·(x − m)/√(v + 10⁻⁵) + b</c> with mean m and variance v of each row.</summary>
internal sealed unsafe class LayerNormPass(int rows, int width)
{
    private const float Epsilon = 1e-5f;

    private readonly NativeBuffer _centred = new((long)rows * width), _normal = new((long)rows * width), _deviation = new(rows), _temporary = new((long)rows * width);

    /// <summary>Normalises <paramref name="x"/> in place and keeps what backward needs.</summary>
    internal void Forward(float* x, float* weight, float* bias, int rows)
    {
        switch (SimdWidth.Bits)
        {
            case 512: Forward<V512>(x, weight, bias, rows); break;
            case 256: Forward<V256>(x, weight, bias, rows); break;
            default: Forward<V128>(x, weight, bias, rows); break;
        }
    }

    /// <summary>Turns ∂L/∂y into ∂L/∂x in place.</summary>
    /// <param name="g">∂L/∂y, (rows, width); becomes ∂L/∂x.</param>
    /// <param name="weight">w.</param>
    /// <param name="weightGradient">Where ∂L/∂w goes, or null.</param>
    /// <param name="biasGradient">Where ∂L/∂b goes, or null.</param>
    /// <param name="rows">As in forward.</param>
    internal void Backward(float* g, float* weight, float* weightGradient, float* biasGradient, int rows)
    {
        if (weightGradient != null)
        {
            LaneSums.Down(g, rows, width, biasGradient);
            Rows.Binary(default(Multiply), g, _normal.Data, _temporary.Data, (long)rows * width);
            LaneSums.Down(_temporary.Data, rows, width, weightGradient);
        }
        switch (SimdWidth.Bits)
        {
            case 512: Backward<V512>(g, weight, rows); break;
            case 256: Backward<V256>(g, weight, rows); break;
            default: Backward<V128>(g, weight, rows); break;
        }
    }

    private void Forward<V>(float* x, float* weight, float* bias, int rows) where V : struct, IVec<V>
    {
        float* centred = _centred.Data, normal = _normal.Data, square = _temporary.Data;
        for (int row = 0; row < rows; row++, x += width, centred += width, normal += width)
        {
            long whole = width / V.Width * V.Width;
            float mean = LaneSums.Row(x, width) / width;
            Centre<V>(x, mean, centred, square, 0, whole);
            Centre<V1>(x, mean, centred, square, whole, width);
            float deviation = MathF.Sqrt((LaneSums.Row(square, width) / width) + Epsilon);
            _deviation.Data[row] = deviation;
            Normalise<V>(centred, deviation, weight, bias, normal, x, 0, whole);
            Normalise<V1>(centred, deviation, weight, bias, normal, x, whole, width);
        }
    }

    private void Backward<V>(float* g, float* weight, int rows) where V : struct, IVec<V>
    {
        float* centred = _centred.Data, temporary = _temporary.Data;
        float share = (float)(1.0 / width);
        for (int row = 0; row < rows; row++, g += width, centred += width)
        {
            long whole = width / V.Width * V.Width;
            float deviation = _deviation.Data[row];
            // Through the quotient to the deviation, and through the root and the mean square back to each number.
            ToDeviation<V>(g, weight, centred, deviation, temporary, 0, whole);
            ToDeviation<V1>(g, weight, centred, deviation, temporary, whole, width);
            float square = LaneSums.Row(temporary, width) / (deviation * 2) * share;
            ToCentred<V>(g, centred, deviation, square, temporary, 0, whole);
            ToCentred<V1>(g, centred, deviation, square, temporary, whole, width);
            // Through the mean.
            float mean = LaneSums.Row(temporary, width) * share;
            AddTo<V>(g, mean, 0, whole);
            AddTo<V1>(g, mean, whole, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Centre<V>(float* x, float mean, float* centred, float* square, long from, long to) where V : struct, IVec<V>
    {
        V m = V.Splat(mean);
        for (long i = from; i < to; i += V.Width)
        {
            V c = V.Load(x + i) - m;
            V.Store(c, centred + i);
            V.Store(c * c, square + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalise<V>(float* centred, float deviation, float* weight, float* bias, float* normal, float* y, long from, long to) where V : struct, IVec<V>
    {
        V d = V.Splat(deviation);
        for (long i = from; i < to; i += V.Width)
        {
            V n = V.Load(centred + i) / d;
            V.Store(n, normal + i);
            V.Store((n * V.Load(weight + i)) + V.Load(bias + i), y + i);
        }
    }

    /// <summary>g ← g·w, and −g·w·c/d² for the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToDeviation<V>(float* g, float* weight, float* centred, float deviation, float* temporary, long from, long to) where V : struct, IVec<V>
    {
        V variance = V.Splat(deviation * deviation);
        for (long i = from; i < to; i += V.Width)
        {
            V scaled = V.Load(g + i) * V.Load(weight + i);
            V.Store(scaled, g + i);
            V.Store(-(scaled * V.Load(centred + i) / variance), temporary + i);
        }
    }

    /// <summary>g ← g/d + s·2c, and its negative for the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToCentred<V>(float* g, float* centred, float deviation, float square, float* temporary, long from, long to) where V : struct, IVec<V>
    {
        V d = V.Splat(deviation), s = V.Splat(square), two = V.Of(2);
        for (long i = from; i < to; i += V.Width)
        {
            V sum = (V.Load(g + i) / d) + (s * (V.Load(centred + i) * two));
            V.Store(sum, g + i);
            V.Store(-sum, temporary + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTo<V>(float* g, float value, long from, long to) where V : struct, IVec<V>
    {
        V v = V.Splat(value);
        for (long i = from; i < to; i += V.Width) V.Store(V.Load(g + i) + v, g + i);
    }
}
