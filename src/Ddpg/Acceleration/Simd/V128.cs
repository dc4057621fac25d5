using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ddpg.Acceleration;

/// <summary>Four floats. The three widths have the same text: C# has no generic over them.</summary>
internal readonly unsafe struct V128(Vector128<float> value) : IVec<V128>
{
    internal readonly Vector128<float> Value = value;

    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V128 value, float* destination) => value.Value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Of(double value) => new(Vector128.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Splat(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator +(V128 a, V128 b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator -(V128 a, V128 b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator *(V128 a, V128 b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator /(V128 a, V128 b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 operator -(V128 a) => new(-a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Fma(V128 a, V128 b, V128 c) => new(Vector128.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Sqrt(V128 a) => new(Vector128.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Abs(V128 a) => new(Vector128.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Floor(V128 a) => new(Vector128.Floor(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Round(V128 a) => new(Vector128.Round(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Less(V128 a, V128 b) => new(Vector128.LessThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Same(V128 a, V128 b) => new(Vector128.Equals(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 Choose(V128 mask, V128 yes, V128 no) => new(Vector128.ConditionalSelect(mask.Value, yes.Value, no.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 PowerOfTwo(V128 n) => new(((Vector128.ConvertToInt32(n.Value) + Vector128.Create(127)) << 23).AsSingle());

    public static V128 QuickDivide(V128 a, V128 b) => FloatMath.QuickDivide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 ReciprocalSeed(V128 a) => new((Vector128.Create(FloatMath.SeedBits) - a.Value.AsInt32()).AsSingle());

    public static V128 Exp(V128 a) => FloatMath.Exp(a);

    public static V128 Tanh(V128 a) => FloatMath.Tanh(a);
}
