using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

/// <summary>One float: the rest of a row, with the very operations of the wide lanes.</summary>
internal readonly unsafe struct V1(float value) : IVec<V1>
{
    internal readonly float Value = value;

    private bool IsTrue => BitConverter.SingleToInt32Bits(Value) != 0;

    public static int Width => 1;

    public static V1 Load(float* source) => new(*source);
    public static void Store(V1 value, float* destination) => *destination = value.Value;
    public static V1 Of(double value) => new((float)value);
    public static V1 Splat(float value) => new(value);
    public static V1 operator +(V1 a, V1 b) => new(a.Value + b.Value);
    public static V1 operator -(V1 a, V1 b) => new(a.Value - b.Value);
    public static V1 operator *(V1 a, V1 b) => new(a.Value * b.Value);
    public static V1 operator /(V1 a, V1 b) => new(a.Value / b.Value);
    public static V1 operator -(V1 a) => new(-a.Value);
    public static V1 Fma(V1 a, V1 b, V1 c) => new(MathF.FusedMultiplyAdd(a.Value, b.Value, c.Value));
    public static V1 Sqrt(V1 a) => new(MathF.Sqrt(a.Value));
    public static V1 Abs(V1 a) => new(MathF.Abs(a.Value));
    public static V1 Floor(V1 a) => new(MathF.Floor(a.Value));
    public static V1 Round(V1 a) => new(MathF.Round(a.Value));
    public static V1 Less(V1 a, V1 b) => Mask(a.Value < b.Value);
    public static V1 Same(V1 a, V1 b) => Mask(a.Value == b.Value);
    public static V1 Choose(V1 mask, V1 yes, V1 no) => mask.IsTrue ? yes : no;
    public static V1 PowerOfTwo(V1 n) => new(BitConverter.Int32BitsToSingle(((int)n.Value + 127) << 23));
    public static V1 QuickDivide(V1 a, V1 b) => FloatMath.QuickDivide(a, b);
    public static V1 ReciprocalSeed(V1 a) => new(BitConverter.Int32BitsToSingle(FloatMath.SeedBits - BitConverter.SingleToInt32Bits(a.Value)));
    public static V1 Exp(V1 a) => FloatMath.Exp(a);
    public static V1 Tanh(V1 a) => FloatMath.Tanh(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V1 Mask(bool value) => new(BitConverter.Int32BitsToSingle(value ? -1 : 0));
}
