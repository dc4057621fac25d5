namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, 1, "0")]
    [InlineData(-1200, 200, "−1,200")]
    [InlineData(0.30000000000000004, 0.1, "0.3")]
    [InlineData(2.5e6, 5e5, "2.5M")]
    [InlineData(2e-7, 1e-7, "2×10⁻⁷")]
    [InlineData(0.75, 0.25, "0.75")]
    [InlineData(100000, 100000, "100,000")]
    public void Ticks_read_well(double value, double step, string text) => Assert.Equal(text, NumberText.Tick(value, step));

    [Theory]
    [InlineData(0.1234, ".0%", "12%")]
    [InlineData(1234.5, ",.1f", "1,234.5")]
    [InlineData(12000, "~s", "12k")]
    [InlineData(0.5, "+.2f", "+0.50")]
    [InlineData(-0.001, ".1f", "0.0")]
    [InlineData(1, "no such format", null)]
    public void Formats_of_d3_are_followed(double value, string format, string? text) => Assert.Equal(text, NumberText.ByFormat(value, format));
}
