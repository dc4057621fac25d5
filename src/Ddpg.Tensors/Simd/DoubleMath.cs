namespace TorchSharp;

/// <summary>
/// Functions of a double from +, −, ×, ÷, √ and fused multiply-add alone. The platform's own differ between machines, and the optimizer's
/// bias correction, the initialisers and float64 go through here. Errors stay within about 2 units in the last place.
/// </summary>
internal static class DoubleMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896338700;
    private const double HalfPi1 = 1.57079632673412561417;
    private const double HalfPi2 = 6.07710050630396597660e-11;
    private const double HalfPi3 = 2.02226624879595063154e-21;

    internal static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 710) return double.PositiveInfinity;
        if (x < -746) return 0;
        double n = Math.Round(x * Log2E);
        return Math.ScaleB(1 + ReducedExpm1(x, n), (int)n);
    }

    internal static double Expm1(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        if (x > 710) return double.PositiveInfinity;
        if (x < -40) return -1;
        double n = Math.Round(x * Log2E);
        double p = ReducedExpm1(x, n);
        if (n == 0) return p;
        if (n > 1000) return Exp(x);
        double scale = Math.ScaleB(1, (int)n);
        return Math.FusedMultiplyAdd(scale, p, scale - 1);
    }

    internal static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        int e = Math.ILogB(x);
        double m = Math.ScaleB(x, -e);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            e++;
        }
        double s = (m - 1) / (m + 1), z = s * s, p = 2.0 / 25;
        for (int k = 23; k >= 3; k -= 2) p = Math.FusedMultiplyAdd(p, z, 2.0 / k);
        // m − 1 is exact; writing log m as (m − 1) − s·(…) keeps its last bits.
        double f = m - 1, half = 0.5 * f * f;
        double rest = Math.FusedMultiplyAdd(s, half + (p * z), e * Ln2Low);
        return Math.FusedMultiplyAdd(e, Ln2High, f - (half - rest));
    }

    internal static double Log1p(double x)
    {
        double u = 1 + x;
        if (u == 1 || double.IsPositiveInfinity(u)) return x;
        return Log(u) + ((x - (u - 1)) / u);
    }

    internal static double Log2(double x) => Math.FusedMultiplyAdd(Log(x), 1.0, 0.0) * Log2E;

    internal static double Log10(double x) => Log(x) * 0.43429448190325182765;

    internal static double Tanh(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 20)) return double.IsNaN(x) ? x : Math.CopySign(1, x);
        double t = Expm1(2 * a);
        return Math.CopySign(t / (t + 2), x);
    }

    internal static double Sigmoid(double x) => 1 / (1 + Exp(-x));

    internal static double Sin(double x) => SinCos(x, 0);

    internal static double Cos(double x) => SinCos(x, 1);

    internal static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        if (a > 6) return Math.CopySign(1, x);
        double sum = 0;
        if (a < 2.5)
        {
            // erf x = 2/√π · e^(−x²) · Σ 2ᵏ x^(2k+1) / (1·3·…·(2k+1)): all terms positive.
            double term = a;
            for (int k = 1; k < 80; k++)
            {
                sum += term;
                term *= 2 * a * a / ((2 * k) + 1);
            }
            return Math.CopySign(1.1283791670955126 * Exp(-a * a) * sum, x);
        }
        // The continued fraction of erfc.
        double fraction = 0;
        for (int k = 60; k >= 1; k--) fraction = k * 0.5 / (a + fraction);
        return Math.CopySign(1 - (Exp(-a * a) * 0.5641895835477563 / (a + fraction)), x);
    }

    /// <summary>Whole exponents by repeated squaring (so 0.9^t of Adam's bias correction is nearly exact), others by exp and log.</summary>
    internal static double Pow(double x, double y)
    {
        if (y == 0 || x == 1) return 1;
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        if (y == Math.Floor(y) && Math.Abs(y) <= 1L << 40) return y < 0 ? 1 / PowWhole(x, (long)-y) : PowWhole(x, (long)y);
        if (y == 0.5) return Math.Sqrt(x);
        if (x < 0 && !double.IsInfinity(y)) return double.IsNegativeInfinity(x) ? (y < 0 ? 0 : double.PositiveInfinity) : double.NaN;
        if (double.IsInfinity(y))
        {
            double a = Math.Abs(x);
            return a == 1 ? 1 : (a > 1) == (y > 0) ? double.PositiveInfinity : 0;
        }
        if (x == 0) return y < 0 ? double.PositiveInfinity : 0;
        return Exp(y * Log(x));
    }

    private static double PowWhole(double x, long y)
    {
        double result = 1;
        for (double square = x; y > 0; y >>= 1, square *= square)
            if ((y & 1) != 0) result *= square;
        return result;
    }

    /// <summary>e^r − 1 with r = x − n·ln 2, |r| ≤ ½ ln 2, by its series.</summary>
    private static double ReducedExpm1(double x, double n)
    {
        double high = Math.FusedMultiplyAdd(-n, Ln2High, x);
        double r = Math.FusedMultiplyAdd(-n, Ln2Low, high);
        double error = high - r - (n * Ln2Low);
        double p = 1.0 / 6227020800;
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 479001600);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 39916800);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 3628800);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 362880);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 40320);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 5040);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 720);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 120);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 24);
        p = Math.FusedMultiplyAdd(p, r, 1.0 / 6);
        p = Math.FusedMultiplyAdd(p, r, 0.5);
        return r + Math.FusedMultiplyAdd(p * r, r, error * (1 + r));
    }

    private static double SinCos(double x, int quarters)
    {
        if (!double.IsFinite(x)) return double.NaN;
        double n = Math.Round(x / HalfPi1);
        double r = Math.FusedMultiplyAdd(-n, HalfPi1, x);
        r = Math.FusedMultiplyAdd(-n, HalfPi2, r);
        r = Math.FusedMultiplyAdd(-n, HalfPi3, r);
        long quadrant = ((long)n + quarters) & 3;
        double z = r * r;
        double value = (quadrant & 1) == 0 ? SinSeries(r, z) : CosSeries(z);
        return quadrant >= 2 ? -value : value;
    }

    private static double SinSeries(double r, double z)
    {
        double p = -1.0 / 1307674368000;
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 6227020800);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 39916800);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 362880);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 5040);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 120);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 6);
        return Math.FusedMultiplyAdd(p * z, r, r);
    }

    private static double CosSeries(double z)
    {
        double p = 1.0 / 20922789888000;
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 87178291200);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 479001600);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 3628800);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 40320);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 720);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 24);
        p = Math.FusedMultiplyAdd(p, z, -0.5);
        return Math.FusedMultiplyAdd(p, z, 1);
    }
}
