namespace TorchSharp;

/// <summary>One double: float64 is for gradient checks, so it has no wide lanes.</summary>
internal readonly unsafe struct D1(double value) : IVec<D1, double>
{
    internal readonly double Value = value;

    private bool IsTrue => BitConverter.DoubleToInt64Bits(Value) != 0;

    public static int Width => 1;

    public static D1 Load(double* source) => new(*source);
    public static void Store(D1 value, double* destination) => *destination = value.Value;
    public static D1 Of(double value) => new(value);
    public static D1 Splat(double value) => new(value);
    public static D1 operator +(D1 a, D1 b) => new(a.Value + b.Value);
    public static D1 operator -(D1 a, D1 b) => new(a.Value - b.Value);
    public static D1 operator *(D1 a, D1 b) => new(a.Value * b.Value);
    public static D1 operator /(D1 a, D1 b) => new(a.Value / b.Value);
    public static D1 operator -(D1 a) => new(-a.Value);
    public static D1 Fma(D1 a, D1 b, D1 c) => new(Math.FusedMultiplyAdd(a.Value, b.Value, c.Value));
    public static D1 Sqrt(D1 a) => new(Math.Sqrt(a.Value));
    public static D1 Abs(D1 a) => new(Math.Abs(a.Value));
    public static D1 Floor(D1 a) => new(Math.Floor(a.Value));
    public static D1 Round(D1 a) => new(Math.Round(a.Value));
    public static D1 Less(D1 a, D1 b) => Mask(a.Value < b.Value);
    public static D1 Same(D1 a, D1 b) => Mask(a.Value == b.Value);
    public static D1 Choose(D1 mask, D1 yes, D1 no) => mask.IsTrue ? yes : no;
    public static D1 QuickDivide(D1 a, D1 b) => a / b;
    public static D1 Exp(D1 a) => new(DoubleMath.Exp(a.Value));
    public static D1 Log(D1 a) => new(DoubleMath.Log(a.Value));
    public static D1 Tanh(D1 a) => new(DoubleMath.Tanh(a.Value));
    public static D1 Map(D1 a, delegate*<double, double> function) => new(function(a.Value));

    private static D1 Mask(bool value) => new(BitConverter.Int64BitsToDouble(value ? -1 : 0));
}
