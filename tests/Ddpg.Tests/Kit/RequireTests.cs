using System.Globalization;

namespace Ddpg.Tests.Kit;

/// <summary>A value that cannot be must stop a notebook in its first cells, with its name and what is allowed.</summary>
[Trait("Speed", "tiny")]
public sealed class RequireTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(2)]
    public void A_value_inside_or_at_an_end_is_accepted(double sigma) => Require.InRange(sigma, 0.01, 2);

    [Fact]
    public void A_range_of_one_number_accepts_that_number() => Require.InRange(3, 3, 3);

    [Theory]
    [InlineData(0.0099)]
    [InlineData(2.0001)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_outside_or_NaN_is_refused_with_its_name_and_the_range(double sigma)
    {
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => Require.InRange(sigma, 0.01, 2));
        Assert.Equal("sigma", refused.ParamName);
        Assert.Equal(sigma, refused.ActualValue);
        Assert.StartsWith("Range: [0.01, 2]. (Parameter 'sigma')", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_integer_is_named_too_and_its_range_is_written_without_separators()
    {
        int minibatchSize = 100_000_000;
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => Require.InRange(minibatchSize, 1, 4_096));
        Assert.StartsWith("Range: [1, 4096]. (Parameter 'minibatchSize')", refused.Message, StringComparison.Ordinal);
        Assert.Contains("100000000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_name_takes_the_place_of_the_argument()
    {
        double[] rates = [1];
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => Require.InRange(rates[0], 1e-5, 1e-2, "learning rate"));
        Assert.StartsWith("Range: [1E-05, 0.01]. (Parameter 'learning rate')", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_whose_culture_writes_commas_sees_the_range_as_the_cell_writes_it()
    {
        double theta = 0;
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => Require.InRange(theta, 0.01, 1));
            Assert.StartsWith("Range: [0.01, 1].", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
