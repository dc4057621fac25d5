namespace TorchSharp;

/// <summary>
/// Some lanes of one element type. A kernel written once for <typeparamref name="TSelf"/> runs on 16, 8 or 4 floats at a time and,
/// for the rest of a row, on one; since every lane does the same correctly rounded operations, the width never shows in a result.
/// Masks are values of the same type with all bits of a lane set or clear.
/// </summary>
internal unsafe interface IVec<TSelf, T> where TSelf : struct, IVec<TSelf, T> where T : unmanaged
{
    static abstract int Width { get; }
    static abstract TSelf Load(T* source);
    static abstract void Store(TSelf value, T* destination);
    static abstract TSelf Of(double value);
    static abstract TSelf Splat(T value);
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

    /// <summary>a/b for b from 1e-37 to 1e37, within a unit or two in the last place, without the slow division unit.</summary>
    static abstract TSelf QuickDivide(TSelf a, TSelf b);
    static abstract TSelf Exp(TSelf a);
    static abstract TSelf Log(TSelf a);
    static abstract TSelf Tanh(TSelf a);

    /// <summary>The lanes one after the other, through a function of a double.</summary>
    static abstract TSelf Map(TSelf a, delegate*<double, double> function);
}

/// <summary>What the float polynomials need beside arithmetic: a look into the exponent bits.</summary>
internal interface IFloatVec<TSelf> : IVec<TSelf, float> where TSelf : struct, IFloatVec<TSelf>
{
    /// <summary>2ⁿ for whole n from −126 to 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>1/a within an eighth, from the bits alone (so on every machine the same).</summary>
    static abstract TSelf ReciprocalSeed(TSelf a);

    /// <summary>The unbiased exponent of a positive normal number.</summary>
    static abstract TSelf Exponent(TSelf a);

    /// <summary>The significand of a positive normal number, in [1, 2).</summary>
    static abstract TSelf Significand(TSelf a);
}
