using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ddpg.Acceleration;

/// <summary>Sixteen floats. The three widths have the same text: C# has no generic over them.</summary>
internal readonly unsafe struct V512(Vector512<float> value) : IVec<V512>
{
    internal readonly Vector512<float> Value = value;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V512 value, float* destination) => value.Value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Of(double value) => new(Vector512.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Splat(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 operator +(V512 a, V512 b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 operator -(V512 a, V512 b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 operator *(V512 a, V512 b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 operator /(V512 a, V512 b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 operator -(V512 a) => new(-a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Fma(V512 a, V512 b, V512 c) => new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Sqrt(V512 a) => new(Vector512.Sqrt(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Abs(V512 a) => new(Vector512.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Floor(V512 a) => new(Vector512.Floor(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Round(V512 a) => new(Vector512.Round(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Less(V512 a, V512 b) => new(Vector512.LessThan(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Same(V512 a, V512 b) => new(Vector512.Equals(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 Choose(V512 mask, V512 yes, V512 no) => new(Vector512.ConditionalSelect(mask.Value, yes.Value, no.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 PowerOfTwo(V512 n) => new(((Vector512.ConvertToInt32(n.Value) + Vector512.Create(127)) << 23).AsSingle());

    public static V512 QuickDivide(V512 a, V512 b) => FloatMath.QuickDivide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V512 ReciprocalSeed(V512 a) => new((Vector512.Create(FloatMath.SeedBits) - a.Value.AsInt32()).AsSingle());

    public static V512 Exp(V512 a) => FloatMath.Exp(a);

    public static V512 Tanh(V512 a) => FloatMath.Tanh(a);
}
