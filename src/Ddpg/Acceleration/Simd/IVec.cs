namespace Ddpg.Acceleration;

/// <summary>
/// Some lanes of floats. A kernel written once for <typeparamref name="TSelf"/> runs on 16, 8 or 4 floats at a time and, for the rest
/// of a row, on one; since every lane does the same correctly rounded operations, the width never shows in a result.
/// Masks are values of the same type with all bits of a lane set or clear.
/// </summary>
internal unsafe interface IVec<TSelf> where TSelf : struct, IVec<TSelf>
{
    static abstract int Width { get; }
    static abstract TSelf Load(float* source);
    static abstract void Store(TSelf value, float* destination);
    static abstract TSelf Of(double value);
    static abstract TSelf Splat(float value);
    static abstract TSelf operator +(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a, TSelf b);
    static abstract TSelf operator *(TSelf a, TSelf b);
    static abstract TSelf operator /(TSelf a, TSelf b);
    static abstract TSelf operator -(TSelf a);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);
    static abstract TSelf Sqrt(TSelf a);
    static abstract TSelf Abs(TSelf a);
    static abstract TSelf Floor(TSelf a);

    /// <summary>To the nearest whole number, ties to even.</summary>
    static abstract TSelf Round(TSelf a);
    static abstract TSelf Less(TSelf a, TSelf b);
    static abstract TSelf Same(TSelf a, TSelf b);
    static abstract TSelf Choose(TSelf mask, TSelf yes, TSelf no);

    /// <summary>2ⁿ for whole n from −126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>1/a within an eighth, from the bits alone (so on every machine the same).</summary>
    static abstract TSelf ReciprocalSeed(TSelf a);

    /// <summary>a/b for b from 1e-37 to 1e37, within a unit or two in the last place, without the slow division unit.</summary>
    static abstract TSelf QuickDivide(TSelf a, TSelf b);
    static abstract TSelf Exp(TSelf a);
    static abstract TSelf Tanh(TSelf a);
}
