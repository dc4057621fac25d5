namespace Ddpg.Numerics;

/// <summary>
/// Sine, cosine, exponential, logarithm and hyperbolic tangent made of +, −, ×, ÷, fused multiply-add and bit moves only,
/// each of which IEEE 754 rounds in exactly one way: the same bits come out on every machine.
/// </summary>
/// <remarks>
/// <see cref="Math.Sin(double)"/> and its kind call the platform's C library, whose last bit depends on the processor; one such bit
/// is enough to send two training runs of one seed apart. Measured against 60-digit arithmetic the results here are within 1 ulp
/// (<see cref="Tanh"/>: 2 ulp). <see cref="Math.Sqrt(double)"/> needs no counterpart: IEEE 754 rounds it exactly.
/// The polynomials are Taylor series on the reduced ranges, carried until the next term is below a tenth of an ulp.
/// </remarks>
public static class PortableMath
{
    private const double Log2OfE = 1.4426950408889634;
    // ln 2 in two parts; the high one ends in 32 zero bits, so that any exponent times it is exact.
    private const double Ln2High = 0.6931467056274414;
    private const double Ln2Low = 4.7493250390316726e-07;
    // Adding and subtracting 1.5·2⁵² rounds to the nearest integer, and leaves that integer in the low bits.
    private const double RoundingMagic = 6755399441055744.0;

    /// <summary>The sine of <paramref name="x"/> radians.</summary>
    /// <param name="x">Any angle in radians; the reduction is exact however large it is. NaN or infinite gives NaN.</param>
    public static double Sin(double x) => SinCos(x).Sin;

    /// <summary>The cosine of <paramref name="x"/> radians.</summary>
    /// <param name="x">Any angle in radians; the reduction is exact however large it is. NaN or infinite gives NaN.</param>
    public static double Cos(double x) => SinCos(x).Cos;

    /// <summary>Both the sine and the cosine of <paramref name="x"/> radians, for little more than the price of one.</summary>
    /// <param name="x">Any angle in radians. NaN or infinite gives NaN twice.</param>
    public static (double Sin, double Cos) SinCos(double x)
    {
        if (Math.Abs(x) < 1e-8) return (x, 1);   // the next terms round away; and sin(−0) is −0
        (double high, double low, int quadrant) = AngleReduction.Reduce(x);
        double sin = SinKernel(high, low), cos = CosKernel(high, low);
        return quadrant switch { 0 => (sin, cos), 1 => (cos, -sin), 2 => (-sin, -cos), _ => (-cos, sin) };
    }

    /// <summary>e to the power <paramref name="x"/>.</summary>
    /// <param name="x">Above 709.78 the result is infinite, below −745.14 it is 0.</param>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -745.1332191019412) return 0;
        double k = Round(x * Log2OfE);
        // eˣ = 2ᵏ(1 + (eʳ − 1)) with |r| ≤ ½ ln 2
        return Math.ScaleB(1 + Expm1Kernel(x, k), (int)k);
    }

    /// <summary>eˣ − 1 without the cancellation that <c>Exp(x) - 1</c> suffers near 0.</summary>
    /// <param name="x">Above 709.78 the result is infinite.</param>
    public static double Expm1(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -40) return -1;
        double k = Round(x * Log2OfE);
        if (k > 60) return Exp(x) - 1;
        double power = Math.ScaleB(1, (int)k);
        return Math.FusedMultiplyAdd(power, Expm1Kernel(x, k), power - 1);
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Positive; 0 gives −∞, a negative number NaN.</param>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsInfinity(x)) return x;
        int k = Math.ILogB(x);
        double m = Math.ScaleB(x, -k);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }
        // With f = m − 1 and s = f/(2 + f): ln(1 + f) = 2 atanh(s) = f − (½f² − s(½f² + 2s²/3 + 2s⁴/5 + …)).
        double f = m - 1, s = f / (2 + f), s2 = s * s, half = 0.5 * f * f;
        double series = s2 * AtanhSeries(s2);
        double tail = Math.FusedMultiplyAdd(s, half + series, k * Ln2Low);
        return Math.FusedMultiplyAdd(k, Ln2High, -(half - tail - f));
    }

    /// <summary>The hyperbolic tangent, odd and within [−1, 1].</summary>
    /// <param name="x">Any number.</param>
    public static double Tanh(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        double y = Math.Abs(x);
        // Above 22 the distance to 1 is less than half an ulp.
        double t = y > 22 ? 1 : Expm1(2 * y) is var e ? e / (e + 2) : 0;
        return Math.CopySign(t, x);
    }

    private static double Round(double x) => x + RoundingMagic - RoundingMagic;

    // sin(h + l) for |h| ≤ π/4, to first order in the rounding remainder l.
    private static double SinKernel(double h, double l)
    {
        double z = h * h;
        double p = 2.8114572543455206e-15;                        // 1/17!
        p = Math.FusedMultiplyAdd(p, z, -7.647163731819816e-13);  // −1/15!
        p = Math.FusedMultiplyAdd(p, z, 1.6059043836821613e-10);  // 1/13!
        p = Math.FusedMultiplyAdd(p, z, -2.505210838544172e-08);  // −1/11!
        p = Math.FusedMultiplyAdd(p, z, 2.7557319223985893e-06);  // 1/9!
        p = Math.FusedMultiplyAdd(p, z, -0.0001984126984126984);  // −1/7!
        p = Math.FusedMultiplyAdd(p, z, 0.008333333333333333);    // 1/5!
        p = Math.FusedMultiplyAdd(p, z, -0.16666666666666666);    // −1/3!
        double correction = Math.FusedMultiplyAdd(-0.5 * z, l, l);
        return h + Math.FusedMultiplyAdd(h * z, p, correction);
    }

    private static double CosKernel(double h, double l)
    {
        double z = h * h;
        double p = -1.5619206968586225e-16;                       // −1/18!
        p = Math.FusedMultiplyAdd(p, z, 4.779477332387385e-14);   // 1/16!
        p = Math.FusedMultiplyAdd(p, z, -1.1470745597729725e-11); // −1/14!
        p = Math.FusedMultiplyAdd(p, z, 2.08767569878681e-09);    // 1/12!
        p = Math.FusedMultiplyAdd(p, z, -2.755731922398589e-07);  // −1/10!
        p = Math.FusedMultiplyAdd(p, z, 2.48015873015873e-05);    // 1/8!
        p = Math.FusedMultiplyAdd(p, z, -0.001388888888888889);   // −1/6!
        p = Math.FusedMultiplyAdd(p, z, 0.041666666666666664);    // 1/4!
        // 1 − z/2 loses bits when rounded; (1 − w) − z/2 gives them back.
        double half = 0.5 * z, w = 1 - half;
        return w + (1 - w - half + Math.FusedMultiplyAdd(z * z, p, -h * l));
    }

    // e^(x − k ln 2) − 1
    private static double Expm1Kernel(double x, double k)
    {
        double high = Math.FusedMultiplyAdd(-k, Ln2High, x);
        double low = k * Ln2Low, r = high - low, remainder = high - r - low;
        double p = 1.605904383682161e-10;                         // 1/13!
        p = Math.FusedMultiplyAdd(p, r, 2.08767569878681e-09);    // 1/12!
        p = Math.FusedMultiplyAdd(p, r, 2.505210838544172e-08);
        p = Math.FusedMultiplyAdd(p, r, 2.755731922398589e-07);
        p = Math.FusedMultiplyAdd(p, r, 2.7557319223985893e-06);
        p = Math.FusedMultiplyAdd(p, r, 2.48015873015873e-05);
        p = Math.FusedMultiplyAdd(p, r, 0.0001984126984126984);
        p = Math.FusedMultiplyAdd(p, r, 0.001388888888888889);
        p = Math.FusedMultiplyAdd(p, r, 0.008333333333333333);
        p = Math.FusedMultiplyAdd(p, r, 0.041666666666666664);
        p = Math.FusedMultiplyAdd(p, r, 0.16666666666666666);
        p = Math.FusedMultiplyAdd(p, r, 0.5);                     // 1/2!
        return r + Math.FusedMultiplyAdd(r * r, p, Math.FusedMultiplyAdd(remainder, r, remainder));
    }

    // 2/3 + 2z/5 + 2z²/7 + … , for z ≤ 0.0295
    private static double AtanhSeries(double z)
    {
        double p = 2.0 / 25;
        for (int denominator = 23; denominator >= 3; denominator -= 2)
            p = Math.FusedMultiplyAdd(p, z, 2.0 / denominator);
        return p;
    }
}
