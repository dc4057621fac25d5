using System.Globalization;

namespace Ddpg.Viewing;

/// <summary>The colours of this kit's charts: after Okabe and Ito, for colour-blind readers, and dark or light enough to be seen on white and on black.</summary>
public static class ChartPalette
{
    /// <summary>The first series.</summary>
    public const string Blue = "#0072b2";

    /// <summary>The second.</summary>
    public const string Orange = "#d55e00";

    /// <summary>The third.</summary>
    public const string Green = "#009e73";

    /// <summary>The fourth.</summary>
    public const string Purple = "#c0619a";

    /// <summary>The fifth.</summary>
    public const string Ochre = "#a97b00";

    /// <summary>The sixth.</summary>
    public const string Sky = "#3a93cb";

    /// <summary>For what stands behind: reference lines, single episodes.</summary>
    public const string Grey = "#7d7f86";

    private static string[] All => [Blue, Orange, Green, Purple, Ochre, Sky, Grey];

    /// <summary>The colour of a series; after seven they come round again.</summary>
    /// <param name="index">From 0.</param>
    public static string Colour(int index) => All[(index % All.Length + All.Length) % All.Length];

    /// <summary>The colour, translucent.</summary>
    /// <param name="colour"><c>#rrggbb</c>.</param>
    /// <param name="opacity">From 0, not seen, to 1, solid.</param>
    /// <exception cref="ArgumentException">The colour is not <c>#rrggbb</c>.</exception>
    public static string Translucent(string colour, double opacity)
    {
        ArgumentNullException.ThrowIfNull(colour);
        if (colour.Length != 7 || colour[0] != '#' || !int.TryParse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int rgb))
            throw new ArgumentException($"\"{colour}\" is not a colour of the form #rrggbb.", nameof(colour));
        return string.Create(CultureInfo.InvariantCulture, $"rgba({rgb >> 16},{rgb >> 8 & 255},{rgb & 255},{Math.Clamp(opacity, 0, 1):0.##})");
    }
}
