namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public sealed class ThemeTests
{
    /// <summary>WCAG: parts of a picture that carry meaning need 3:1 against what is beside them, text needs 4.5:1.</summary>
    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#1c1e22")]
    public void Series_are_seen_on_light_and_on_dark(string background)
    {
        foreach (string colour in Theme.Colours)
            Assert.True(Contrast(colour, background) >= 3, $"{colour} on {background}: {Contrast(colour, background):F2}");
    }

    [Theory]
    [InlineData(Theme.Text, Theme.Background)]
    [InlineData(Theme.Muted, Theme.Background)]
    public void Text_is_readable(string text, string background) => Assert.True(Contrast(text, background) >= 4.5);

    /// <summary>For readers without red, green or blue receptors (Machado, Oliveira, Fernandes 2009, severity 1) the first four colours stay apart.</summary>
    [Theory]
    [InlineData(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998)]
    [InlineData(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881)]
    [InlineData(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900)]
    public void Colours_stay_apart_for_colour_blind_readers(params double[] matrix)
    {
        double[][] seen = [.. Theme.Colours.Take(4).Select(colour => Linear(colour)).Select(rgb =>
            Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => matrix[3 * row + column] * rgb[column]), 0, 1)).ToArray())];
        for (int a = 0; a < seen.Length; a++)
        {
            for (int b = a + 1; b < seen.Length; b++)
            {
                double distance = Math.Sqrt(seen[a].Zip(seen[b], (u, v) => Math.Pow(Math.Pow(u, 1 / 2.2) - Math.Pow(v, 1 / 2.2), 2)).Sum());
                Assert.True(distance > 0.1, $"{Theme.Colours[a]} and {Theme.Colours[b]}: {distance:F2}");
            }
        }
    }

    private static double[] Linear(string colour)
    {
        CssColour parsed = CssColour.TryParse(colour)!.Value;
        return [.. new[] { parsed.Red, parsed.Green, parsed.Blue }.Select(level => level / 255 <= 0.04045 ? level / 255 / 12.92 : Math.Pow((level / 255 + 0.055) / 1.055, 2.4))];
    }

    private static double Luminance(string colour) => Linear(colour) is [var red, var green, var blue] ? 0.2126 * red + 0.7152 * green + 0.0722 * blue : 0;

    private static double Contrast(string one, string two)
    {
        (double a, double b) = (Luminance(one), Luminance(two));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }
}
