using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ddpg.Acceleration;

/// <summary>Eight floats. The three widths have the same text: C# has no generic over them.</summary>
internal readonly unsafe struct V256(Vector256<float> value) : IVec<V256>
{
    internal readonly Vector256<float> Value = value;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V256 value, float* destination) => value.Value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Of(double value) => new(Vector256.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Splat(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator +(V256 a, V256 b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator -(V256 a, V256 b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator *(V256 a, V256 b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator /(V256 a, V256 b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 operator -(V256 a) => new(-a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Fma(V256 a, V256 b, V256 c) => new(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Sqrt(V256 a) => new(Vector256.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Abs(V256 a) => new(Vector256.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Floor(V256 a) => new(Vector256.Floor(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Round(V256 a) => new(Vector256.Round(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Less(V256 a, V256 b) => new(Vector256.LessThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Same(V256 a, V256 b) => new(Vector256.Equals(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 Choose(V256 mask, V256 yes, V256 no) => new(Vector256.ConditionalSelect(mask.Value, yes.Value, no.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 PowerOfTwo(V256 n) => new(((Vector256.ConvertToInt32(n.Value) + Vector256.Create(127)) << 23).AsSingle());

    public static V256 QuickDivide(V256 a, V256 b) => FloatMath.QuickDivide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V256 ReciprocalSeed(V256 a) => new((Vector256.Create(FloatMath.SeedBits) - a.Value.AsInt32()).AsSingle());

    public static V256 Exp(V256 a) => FloatMath.Exp(a);

    public static V256 Tanh(V256 a) => FloatMath.Tanh(a);
}
