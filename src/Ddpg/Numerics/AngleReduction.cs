namespace Ddpg.Numerics;

/// <summary>Brings an angle into [−π/4, π/4] and counts the quarter turns taken away (modulo 4), exactly for every finite angle.</summary>
internal static class AngleReduction
{
    private const double TwoOverPi = 0.6366197723675814;
    // π/2 to 160 bits in three doubles.
    private const double HalfPi1 = 1.5707963267948966;
    private const double HalfPi2 = 6.123233995736766e-17;
    private const double HalfPi3 = -1.4973849048591698e-33;
    private const double QuarterPi = 0.7853981633974483;
    private const double RoundingMagic = 6755399441055744.0;

    // Up to here k·(π/2) needs no more than the 160 bits above.
    private const double LargestQuick = 1 << 30;

    // The first 1,280 bits of 2/π after the binary point.
    private static ReadOnlySpan<ulong> TwoOverPiBits =>
    [
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
        0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
        0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
        0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>x = quadrant·π/2 + high + low, with |low| at most half an ulp of high.</summary>
    public static (double High, double Low, int Quadrant) Reduce(double x)
    {
        double size = Math.Abs(x);
        if (size <= QuarterPi) return (x, 0, 0);
        if (size <= LargestQuick) return ReduceQuickly(x);
        if (!double.IsFinite(x)) return (double.NaN, double.NaN, 0);
        (double high, double low, int quadrant) = ReduceLarge(size);
        return x < 0 ? (-high, -low, -quadrant & 3) : (high, low, quadrant);
    }

    // Cody and Waite (1980): subtract k·π/2 part by part. The first step is exact, because the result is a multiple of 2⁻⁵³ below 1.
    private static (double High, double Low, int Quadrant) ReduceQuickly(double x)
    {
        double shifted = Math.FusedMultiplyAdd(x, TwoOverPi, RoundingMagic);
        double k = shifted - RoundingMagic;
        double t = Math.FusedMultiplyAdd(-k, HalfPi1, x);
        double product = k * HalfPi2, productError = Math.FusedMultiplyAdd(k, HalfPi2, -product);
        double high = t - product;
        double low = TwoSumError(t, -product, high) - productError;
        low = Math.FusedMultiplyAdd(-k, HalfPi3, low);
        double sum = high + low;
        return (sum, high - sum + low, (int)BitConverter.DoubleToInt64Bits(shifted) & 3);
    }

    // Payne and Hanek (1983): of x·2/π only the bits just around the binary point matter, so only those bits of 2/π are multiplied.
    private static (double High, double Low, int Quadrant) ReduceLarge(double size)
    {
        long bits = BitConverter.DoubleToInt64Bits(size);
        int exponent = (int)(bits >> 52) - 1075;
        ulong mantissa = ((ulong)bits & 0xFFFFFFFFFFFFF) | 0x10000000000000;
        int start = exponent - 2;                                  // bits before this one are whole turns
        UInt128 low = (UInt128)mantissa * Window(start + 128);
        UInt128 middle = (UInt128)mantissa * Window(start + 64) + (low >> 64);
        ulong top = mantissa * Window(start) + (ulong)(middle >> 64);
        UInt128 turns = new(top, (ulong)middle);                   // 2 bits of quarter turns, then the fraction
        Int128 fraction = (Int128)((turns << 2) | ((ulong)low >> 62));
        int quadrant = (int)(turns >> 126) + (fraction < 0 ? 1 : 0);
        double high = (double)fraction, rest = (double)(fraction - (Int128)high);
        const double unit = 2.938735877055719e-39;                 // 2⁻¹²⁸
        high *= unit;
        rest *= unit;
        double angle = high * HalfPi1;
        double angleRest = Math.FusedMultiplyAdd(high, HalfPi1, -angle) + Math.FusedMultiplyAdd(high, HalfPi2, rest * HalfPi1);
        return (angle, angleRest, quadrant & 3);
    }

    // 64 bits of 2/π from bit 'start' after the binary point; bits before the point are 0.
    private static ulong Window(int start)
    {
        if (start <= -64) return 0;
        int word = start >> 6, shift = start & 63;
        ulong first = word < 0 ? 0 : TwoOverPiBits[word];
        return shift == 0 ? first : (first << shift) | (TwoOverPiBits[word + 1] >> (64 - shift));
    }

    private static double TwoSumError(double a, double b, double sum)
    {
        double virtualB = sum - a;
        return a - (sum - virtualB) + (b - virtualB);
    }
}
