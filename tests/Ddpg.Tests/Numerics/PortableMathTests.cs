using System.Globalization;
using Ddpg.Numerics;

namespace Ddpg.Tests.Numerics;

[Trait("Speed", "tiny")]
public sealed class PortableMathTests
{
    private static readonly Dictionary<string, (Func<double, double> Function, double MaxUlps)> Functions = new()
    {
        ["sin"] = (PortableMath.Sin, 1),
        ["cos"] = (PortableMath.Cos, 1),
        ["exp"] = (PortableMath.Exp, 1),
        ["expm1"] = (PortableMath.Expm1, 1),
        ["log"] = (PortableMath.Log, 1),
        ["tanh"] = (PortableMath.Tanh, 2),
    };

    [Theory]
    [InlineData("sin")]
    [InlineData("cos")]
    [InlineData("exp")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("tanh")]
    public void Is_within_its_ulps_of_400_digit_arithmetic(string name)
    {
        (Func<double, double> function, double maxUlps) = Functions[name];
        int rows = 0;
        foreach (string[] row in GoldenFile.Rows("portable-math.csv").Where(row => row[0] == name))
        {
            double x = FromBits(row[1]), expected = FromBits(row[2]), actual = function(x);
            double ulps = Math.Abs(actual - expected) / Ulp(expected);
            Assert.True(ulps <= maxUlps, FormattableString.Invariant($"{name}({x:R}) = {actual:R}, should be {expected:R}: {ulps} ulp"));
            rows++;
        }
        Assert.True(rows >= 300, $"only {rows} golden numbers for {name}");
    }

    [Fact]
    public void Agrees_with_the_platform_on_a_dense_grid()
    {
        for (int i = -200_000; i <= 200_000; i++)
        {
            double x = i * 1.7e-4;
            (double sin, double cos) = PortableMath.SinCos(x);
            Assert.True(Math.Abs(sin - Math.Sin(x)) <= 1.2e-16 && Math.Abs(cos - Math.Cos(x)) <= 1.2e-16);
            Assert.True(Math.Abs(PortableMath.Exp(x) / Math.Exp(x) - 1) <= 4.5e-16);
            Assert.True(Math.Abs(PortableMath.Tanh(x) - Math.Tanh(x)) <= 3 * Ulp(Math.Tanh(x)));
        }
    }

    [Fact]
    public void Treats_the_special_values_as_Math_does()
    {
        double[] specials = [0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1, -1, double.MaxValue, -double.MaxValue, 5e-324, 710, -746, 709.7827128933841];
        foreach (double x in specials)
        {
            Assert.Equal(Math.Sin(x), PortableMath.Sin(x), 1e-15);
            Assert.Equal(Math.Cos(x), PortableMath.Cos(x), 1e-15);
            AssertClose(Math.Exp(x), PortableMath.Exp(x));
            AssertClose(Math.Log(x), PortableMath.Log(x));
            AssertClose(Math.Tanh(x), PortableMath.Tanh(x));
        }
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(PortableMath.Tanh(-0.0)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(PortableMath.Sin(-0.0)));
        Assert.Equal(1, PortableMath.Tanh(1e308));
    }

    [Fact]
    public void Has_the_symmetries_of_the_functions_bit_for_bit()
    {
        for (double x = 0.01; x < 1e5; x *= 1.07)
        {
            Assert.Equal(PortableMath.Sin(x), -PortableMath.Sin(-x));
            Assert.Equal(PortableMath.Cos(x), PortableMath.Cos(-x));
            Assert.Equal(PortableMath.Tanh(x), -PortableMath.Tanh(-x));
        }
    }

    private static void AssertClose(double expected, double actual)
    {
        if (double.IsNaN(expected) || double.IsInfinity(expected) || expected == 0)
            Assert.Equal(expected, actual);
        else
            Assert.True(Math.Abs(actual - expected) <= 3 * Ulp(expected), FormattableString.Invariant($"{actual:R} should be {expected:R}"));
    }

    private static double Ulp(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    private static double FromBits(string hex) => BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
