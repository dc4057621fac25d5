namespace Ddpg.Charts;

/// <summary>Which type of axis plotly.js chooses for a column: dates, words or numbers, by what most of its different values are.</summary>
internal static class AxisTyping
{
    // A long column is judged by about so many of its values.
    private const double Sampled = 1000;

    /// <summary>The type, or null where the column decides nothing, because it is empty or holds gaps only.</summary>
    public static AxisKind? Of(Column column)
    {
        int dates = 0, numeric = 0, numbers = 0, words = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        double every = Math.Max(1, (column.Count - 1) / Sampled);
        for (double at = 0; at < column.Count; at += every)
        {
            object? cell = column.CellAt(Math.Min(column.Count - 1, (int)Math.Floor(at + 0.5)));
            if (!seen.Add(Cell.Text(cell))) continue;
            if (Cell.IsDate(cell)) dates++;
            if (Cell.IsNumeric(cell)) numeric++;
            if (cell is not bool && !double.IsNaN(Cell.Number(cell))) numbers++;
            else if (cell is bool or string) words++;
        }
        // A year is a number too, so dates must be clearly more; and so must words.
        if (dates > 2 * numeric) return AxisKind.Date;
        if (words > 2 * numbers) return AxisKind.Category;
        return numeric > 0 ? AxisKind.Linear : null;
    }
}
