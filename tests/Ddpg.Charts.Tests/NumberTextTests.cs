namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.1234, ".0%", "12%")]
    [InlineData(1234.5, ",.1f", "1,234.5")]
    [InlineData(12000, "~s", "12k")]
    [InlineData(0.5, "+.2f", "+0.50")]
    [InlineData(-0.001, ".1f", "0.0")]
    [InlineData(1, "no such format", null)]
    public void Formats_of_d3_are_followed(double value, string format, string? text) => Assert.Equal(text, NumberText.ByFormat(value, format));
}
