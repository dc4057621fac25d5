using System.Globalization;
using System.Text;
using Ddpg.Charts;

namespace Ddpg.Viewing.Film;

/// <summary>A matrix as a picture of cells, the highest velocity on top: as letters for the script, as an image for SVG; and the line where it changes its sign.</summary>
/// <param name="matrix">[velocity, angle]</param>
/// <param name="range">What the colours stand for.</param>
internal sealed class FilmMap(double[,] matrix, ColourRange range)
{
    private const int Colours = 64;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public int Rows { get; } = matrix.GetLength(0);

    public int Columns { get; } = matrix.GetLength(1);

    /// <summary>The colours of the letters, rrggbb one after another.</summary>
    public static string Palette(ColourRange range) => string.Concat(Enumerable.Range(0, Colours).Select(colour => range.Scale.At(colour / (Colours - 1.0)).Hex[1..]));

    /// <summary>One letter a cell, row by row.</summary>
    public string ToLetters() => string.Concat(Cells().Select(part => Letters[(int)Math.Round(part * (Colours - 1))]));

    /// <summary>A PNG image in base 64, one pixel a cell.</summary>
    public string ToPng() => PalettePng.Encode([.. Cells().Select(part => (byte)(1 + Math.Round(part * 254)))], Columns, Rows, index => range.Scale.At((index - 1) / 254.0));

    /// <summary>The line where the values are 0, as an SVG path in tenths of a cell.</summary>
    public string ZeroLine()
    {
        var pieces = new List<((int, int) From, (int, int) To)>();
        for (int row = 0; row + 1 < Rows; row++)
        {
            for (int column = 0; column + 1 < Columns; column++)
            {
                (int, int)[] ends = [.. Crossings(row, column)];
                for (int end = 0; end + 1 < ends.Length; end += 2)
                    if (ends[end] != ends[end + 1]) pieces.Add((ends[end], ends[end + 1]));
            }
        }
        return Joined(pieces);
    }

    /// <summary>Pieces that meet are one stroke; each point is written relative to the one before.</summary>
    private static string Joined(List<((int X, int Y) From, (int X, int Y) To)> pieces)
    {
        var path = new StringBuilder();
        while (pieces.Count > 0)
        {
            ((int X, int Y) at, (int X, int Y) to) = pieces[0];
            path.Append(CultureInfo.InvariantCulture, $"M{at.X} {at.Y}l");
            for (int next = 0; next >= 0; next = pieces.FindIndex(piece => piece.From == at || piece.To == at))
            {
                to = pieces[next].From == at ? pieces[next].To : pieces[next].From;
                path.Append(CultureInfo.InvariantCulture, $"{(path[^1] == 'l' ? "" : " ")}{to.X - at.X} {to.Y - at.Y}");
                pieces.RemoveAt(next);
                at = to;
            }
        }
        return path.ToString();
    }

    /// <summary>Where the line crosses the square between four cells' middles; straight between two of them.</summary>
    private IEnumerable<(int X, int Y)> Crossings(int row, int column)
    {
        (int Row, int Column)[] corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
        for (int side = 0; side < 4; side++)
        {
            (int Row, int Column) from = corners[side], to = corners[(side + 1) % 4];
            // The same two ends in the same order from either side, or neighbouring pieces might miss each other by a rounding.
            if (side >= 2) (from, to) = (to, from);
            double one = At(from.Row, from.Column), other = At(to.Row, to.Column);
            if (one < 0 == other < 0 || !double.IsFinite(one) || !double.IsFinite(other)) continue;
            double part = one / (one - other);
            yield return (Tenth(from.Column + part * (to.Column - from.Column)), Tenth(from.Row + part * (to.Row - from.Row)));
        }
    }

    private double At(int row, int column) => matrix[Rows - 1 - row, column];

    /// <summary>How far up the scale each cell is, 0 to 1; what is not a number is at its low end.</summary>
    private IEnumerable<double> Cells() => Enumerable.Range(0, Rows * Columns).Select(cell => range.Part(At(cell / Columns, cell % Columns))).Select(part => double.IsNaN(part) ? 0 : Math.Clamp(part, 0, 1));

    private static int Tenth(double cells) => (int)Math.Round(10 * (cells + 0.5));
}
