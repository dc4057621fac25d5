using System.Collections;
using System.Globalization;

namespace Ddpg.Charts;

/// <summary>One data member of a trace: numbers, or texts that name categories.</summary>
internal sealed class Column
{
    public static readonly Column Empty = new([], null);

    private Column(double[] numbers, string[]? texts) => (Numbers, Texts) = (numbers, texts);

    /// <summary>The values; NaN where there is none. Empty when the column holds texts.</summary>
    public double[] Numbers { get; }

    /// <summary>The category names, or null for numbers.</summary>
    public string[]? Texts { get; }

    public int Count => Texts?.Length ?? Numbers.Length;

    public static Column From(object? value)
    {
        if (value is double[] ready) return new Column(ready, null);
        if (value is null or string || value is not IEnumerable items) return Empty;
        object?[] cells = [.. items.Cast<object?>()];
        if (cells.All(cell => cell is null || Number(cell) is not null))
            return new Column([.. cells.Select(cell => cell is null ? double.NaN : Number(cell)!.Value)], null);
        return new Column([], [.. cells.Select(Text)]);
    }

    /// <summary>The rows of a matrix given as <c>[,]</c>, as arrays of arrays or as any nested sequence.</summary>
    public static double[][] Matrix(object? value) => value switch
    {
        Array { Rank: 2 } matrix => [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => MatrixRow(matrix, row))],
        IEnumerable rows and not string => [.. rows.Cast<object?>().Select(row => From(row).Numbers)],
        _ => [],
    };

    public static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IConvertible other => other.ToString(CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    private static double[] MatrixRow(Array matrix, int row) =>
        [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => Number(matrix.GetValue(row, column)) ?? double.NaN)];

    private static double? Number(object? cell) => cell switch
    {
        null or bool or char or DateTime => null,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null,
        IConvertible number => Finite(number.ToDouble(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static double Finite(double number) => double.IsFinite(number) ? number : double.NaN;
}
