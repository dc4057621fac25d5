namespace TorchSharp;

/// <summary>One whole number. Operations with fractional results never reach it: their integer inputs are made floats first.</summary>
internal readonly unsafe struct L1(long value) : IVec<L1, long>
{
    internal readonly long Value = value;

    public static int Width => 1;

    public static L1 Load(long* source) => new(*source);
    public static void Store(L1 value, long* destination) => *destination = value.Value;
    public static L1 Of(double value) => new((long)value);
    public static L1 Splat(long value) => new(value);
    public static L1 operator +(L1 a, L1 b) => new(a.Value + b.Value);
    public static L1 operator -(L1 a, L1 b) => new(a.Value - b.Value);
    public static L1 operator *(L1 a, L1 b) => new(a.Value * b.Value);

    // Floor division, as floor_divide and remainder need it.
    public static L1 operator /(L1 a, L1 b)
    {
        if (b.Value == 0) throw new DivideByZeroException("Division of a whole number by zero.");
        if (b.Value == -1) return -a;
        long quotient = a.Value / b.Value;
        return new(a.Value % b.Value != 0 && (a.Value < 0) != (b.Value < 0) ? quotient - 1 : quotient);
    }

    public static L1 operator -(L1 a) => new(-a.Value);
    public static L1 Fma(L1 a, L1 b, L1 c) => new((a.Value * b.Value) + c.Value);
    public static L1 Sqrt(L1 a) => Whole(Math.Sqrt(a.Value));
    public static L1 Abs(L1 a) => new(a.Value == long.MinValue ? a.Value : Math.Abs(a.Value));
    public static L1 Floor(L1 a) => a;
    public static L1 Round(L1 a) => a;
    public static L1 Less(L1 a, L1 b) => new(a.Value < b.Value ? -1 : 0);
    public static L1 Same(L1 a, L1 b) => new(a.Value == b.Value ? -1 : 0);
    public static L1 Choose(L1 mask, L1 yes, L1 no) => mask.Value != 0 ? yes : no;
    public static L1 QuickDivide(L1 a, L1 b) => a / b;
    public static L1 Exp(L1 a) => Whole(DoubleMath.Exp(a.Value));
    public static L1 Log(L1 a) => Whole(DoubleMath.Log(a.Value));
    public static L1 Tanh(L1 a) => Whole(DoubleMath.Tanh(a.Value));
    public static L1 Map(L1 a, delegate*<double, double> function) => Whole(function(a.Value));

    private static L1 Whole(double value) => new((long)value);
}
