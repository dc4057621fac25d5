using System.Collections;

namespace Ddpg.Charts;

/// <summary>One data member of a trace: numbers, dates or words, as the figure has them.</summary>
internal sealed class Column
{
    public static readonly Column Empty = new(null, []);

    // Of a column of numbers only these; a gap is NaN.
    private readonly double[]? _numbers;
    private readonly object?[] _cells;

    private Column(double[]? numbers, object?[] cells) => (_numbers, _cells) = (numbers, cells);

    public int Count => _numbers?.Length ?? _cells.Length;

    /// <summary>Whether the positions are counted (x0, dx) and no member of the figure: then they do not decide the axis's type.</summary>
    public bool IsCounted { get; private init; }

    /// <summary>The values as numbers; NaN where there is none.</summary>
    public double[] Numbers => _numbers ?? [.. _cells.Select(Cell.Number)];

    /// <summary>The values as words, or null for numbers.</summary>
    public string[]? Texts => _numbers is not null || _cells.All(cell => cell is null || Cell.IsNumeric(cell)) ? null : [.. _cells.Select(Cell.Text)];

    public IEnumerable<object?> Cells => _numbers is null ? _cells : _numbers.Select(number => double.IsNaN(number) ? null : (object?)number);

    public static Column From(object? value) => value switch
    {
        double[] numbers => new Column(numbers, []),
        object?[] cells => new Column(null, cells),
        IEnumerable items and not string => new Column(null, [.. items.Cast<object?>()]),
        _ => Empty,
    };

    /// <summary>The numbers start, start + step, …</summary>
    public static Column Counted(double start, double step, int count) => new([.. Enumerable.Range(0, count).Select(index => start + index * step)], []) { IsCounted = true };

    /// <summary>The rows of a matrix.</summary>
    public static double[][] Matrix(object? value) => value is object?[] rows ? [.. rows.Select(row => From(row).Numbers)] : [];

    /// <summary>The value at a place; null for a gap.</summary>
    public object? CellAt(int index) => _numbers is null ? _cells[index] : double.IsNaN(_numbers[index]) ? null : _numbers[index];
}
