using System.Runtime.CompilerServices;

namespace TorchSharp;

internal interface IUnary
{
    V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged;
}

internal interface IBinary
{
    V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged;
}

#pragma warning disable IDE0055 // One operation a line reads as the table that it is.

internal readonly struct Negate : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => -x; }
internal readonly struct Absolute : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Abs(x); }
internal readonly struct Square : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => x * x; }
internal readonly struct SquareRoot : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Sqrt(x); }
internal readonly struct Reciprocal : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Of(1) / x; }
internal readonly struct Exponential : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Exp(x); }
internal readonly struct Logarithm : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Log(x); }
internal readonly struct HyperbolicTangent : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Tanh(x); }
internal readonly struct Logistic : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Of(1) / (V.Of(1) + V.Exp(-x)); }
internal readonly struct Rectify : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Less(x, V.Of(0)), V.Of(0), x); }
internal readonly struct RoundDown : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Floor(x); }
internal readonly struct RoundUp : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => -V.Floor(-x); }
internal readonly struct RoundEven : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Round(x); }
internal readonly struct Truncate : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Less(x, V.Of(0)), -V.Floor(-x), V.Floor(x)); }
internal readonly struct Sign : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Less(x, V.Of(0)), V.Of(-1), V.Choose(V.Less(V.Of(0), x), V.Of(1), V.Of(0))); }

internal readonly struct Add : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => a + b; }
internal readonly struct Subtract : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => a - b; }
internal readonly struct Multiply : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => a * b; }
internal readonly struct Divide : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => a / b; }
internal readonly struct FloorDivide : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => V.Floor(a / b); }
internal readonly struct TruncatingDivide : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => default(Truncate).Apply<V, T>(a / b); }
internal readonly struct Remainder : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => a - (V.Floor(a / b) * b); }
internal readonly struct AddScaled(double scale) : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => V.Fma(V.Of(scale), b, a); }
// What is not a number wins in both orders.
internal readonly struct Greater : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Same(a, a), V.Choose(V.Less(b, a), a, b), a); }
internal readonly struct Lesser : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Same(a, a), V.Choose(V.Less(a, b), a, b), a); }
// Backward rules as two-input operations.
internal readonly struct TanhSlope : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V g, V y) where V : struct, IVec<V, T> where T : unmanaged => g * V.Fma(-y, y, V.Of(1)); }
internal readonly struct LogisticSlope : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V g, V y) where V : struct, IVec<V, T> where T : unmanaged => g * ((V.Of(1) - y) * y); }
internal readonly struct PassPositive : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V, T>(V g, V y) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Less(V.Of(0), y), g, V.Choose(V.Same(y, y), V.Of(0), g)); }
#pragma warning restore IDE0055

internal readonly unsafe struct Mapped(delegate*<double, double> function) : IUnary
{
    private readonly delegate*<double, double> _function = function;

    public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Map(x, _function);
}

internal readonly struct Clamp(double low, double high) : IUnary
{
    public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged
    {
        V raised = double.IsNegativeInfinity(low) ? x : V.Choose(V.Less(x, V.Of(low)), V.Of(low), x);
        return double.IsPositiveInfinity(high) ? raised : V.Choose(V.Less(V.Of(high), raised), V.Of(high), raised);
    }
}

/// <summary>Passes the first input where the second lies within the limits, and 0 elsewhere: the gradient of a clamp.</summary>
internal readonly struct PassWithin(double low, double high) : IBinary
{
    public V Apply<V, T>(V g, V x) where V : struct, IVec<V, T> where T : unmanaged
    {
        V number = V.Choose(V.Same(x, x), g, V.Of(0));
        V passed = double.IsNegativeInfinity(low) ? number : V.Choose(V.Less(x, V.Of(low)), V.Of(0), number);
        return double.IsPositiveInfinity(high) ? passed : V.Choose(V.Less(V.Of(high), x), V.Of(0), passed);
    }
}

internal readonly struct LeakyRectify(double slope) : IUnary
{
    public V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged => V.Choose(V.Less(x, V.Of(0)), x * V.Of(slope), x);
}

internal readonly struct RaiseTo(double exponent) : IUnary
{
    public unsafe V Apply<V, T>(V x) where V : struct, IVec<V, T> where T : unmanaged
    {
        if (exponent == 2) return x * x;
        if (exponent == 3) return x * x * x;
        if (exponent == 1) return x;
        if (exponent == 0.5) return V.Sqrt(x);
        if (exponent == -1) return V.Of(1) / x;
        return PowerLanes.Raise<V, T>(x, V.Of(exponent));
    }
}

internal readonly struct Power : IBinary
{
    public V Apply<V, T>(V a, V b) where V : struct, IVec<V, T> where T : unmanaged => PowerLanes.Raise<V, T>(a, b);
}

/// <summary>x^y lane by lane in doubles.</summary>
internal static unsafe class PowerLanes
{
    internal static V Raise<V, T>(V x, V y) where V : struct, IVec<V, T> where T : unmanaged
    {
        T* a = stackalloc T[16], b = stackalloc T[16];
        V.Store(x, a);
        V.Store(y, b);
        for (int i = 0; i < V.Width; i++)
        {
            if (typeof(T) == typeof(float)) ((float*)a)[i] = (float)DoubleMath.Pow(((float*)a)[i], ((float*)b)[i]);
            else if (typeof(T) == typeof(double)) ((double*)a)[i] = DoubleMath.Pow(((double*)a)[i], ((double*)b)[i]);
            else ((long*)a)[i] = RaiseWhole(((long*)a)[i], ((long*)b)[i]);
        }
        return V.Load(a);
    }

    private static long RaiseWhole(long x, long y)
    {
        if (y < 0) return x == 1 ? 1 : x == -1 ? ((y & 1) == 0 ? 1 : -1) : 0;
        long result = 1;
        for (long square = x; y > 0; y >>= 1, square = unchecked(square * square))
            if ((y & 1) != 0) result = unchecked(result * square);
        return result;
    }
}
