using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

internal interface IUnary
{
    V Apply<V>(V x) where V : struct, IVec<V>;
}

internal interface IBinary
{
    V Apply<V>(V a, V b) where V : struct, IVec<V>;
}

#pragma warning disable IDE0055 // One operation a line reads as the table that it is.

internal readonly struct Rectify : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V x) where V : struct, IVec<V> => V.Choose(V.Less(x, V.Of(0)), V.Of(0), x); }
internal readonly struct HyperbolicTangent : IUnary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V x) where V : struct, IVec<V> => V.Tanh(x); }

internal readonly struct Multiply : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V a, V b) where V : struct, IVec<V> => a * b; }

// Backward rules: the gradient at the result, and the result itself.
internal readonly struct TanhSlope : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V g, V y) where V : struct, IVec<V> => g * V.Fma(-y, y, V.Of(1)); }
internal readonly struct PassPositive : IBinary { [MethodImpl(MethodImplOptions.AggressiveInlining)] public V Apply<V>(V g, V y) where V : struct, IVec<V> => V.Choose(V.Less(V.Of(0), y), g, V.Choose(V.Same(y, y), V.Of(0), g)); }
#pragma warning restore IDE0055
