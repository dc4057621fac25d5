namespace Ddpg.Charts;

/// <summary>One axis of the static picture: its range, its ticks, and where a value lies in pixels.</summary>
internal sealed class Axis(string id, Members options)
{
    private readonly Extent _extent = new();
    private readonly OrderedDictionary<string, int> _categories = new(StringComparer.Ordinal);
    private AxisKind? _kind;

    /// <summary>As traces name it: x, x2, y, y2.</summary>
    public string Id => id;

    public Members Options => options;

    public bool IsHorizontal => id[0] == 'x';

    /// <summary>The axis that this one lies beside.</summary>
    public string Anchor => options.Text("anchor") ?? (options.Text("overlaying") is not null || id.Length == 1 ? (IsHorizontal ? "y" : "x") : (IsHorizontal ? "y" : "x") + id[1..]);

    public bool IsOverlay => options.Text("overlaying") is not null;

    public bool IsFarSide => options.Text("side") is "right" or "top";

    /// <summary>The type that the layout gives; else that of the first column with values.</summary>
    public AxisKind Kind => options.Text("type") switch
    {
        "log" => AxisKind.Log,
        "category" => AxisKind.Category,
        "linear" => AxisKind.Linear,
        "date" => AxisKind.Date,
        _ => _kind ?? AxisKind.Linear,
    };

    public bool IsUsed { get; private set; }

    /// <summary>The ends of the range in the axis's own coordinate; the first belongs to the left or the bottom end.</summary>
    public double Low { get; private set; }

    public double High { get; private set; }

    public double PixelLow { get; private set; }

    public double PixelHigh { get; private set; }

    public IReadOnlyList<Tick> Ticks { get; private set; } = [];

    public RichText? Title { get; } = options.Title is { } title ? new RichText(title) : null;

    public IReadOnlyList<string> Categories => _categories.Keys;

    public double Length => Math.Abs(PixelHigh - PixelLow);

    /// <summary>Where bars stand side by side: their distance, and the place of the first. Ticks are at bars then, not between them.</summary>
    public double? LeastStep { get; private set; }

    public double LeastStart { get; private set; }

    /// <summary>Takes a column into use: the first with values decides the type, and words get their places. Call before any conversion.</summary>
    public void Register(Column column)
    {
        IsUsed = true;
        if (!column.IsCounted) _kind ??= column.Count == 0 ? null : AxisTyping.Of(column) ?? AxisKind.Linear;
        if (Kind != AxisKind.Category) return;
        if (_categories.Count == 0) AddCategories(Column.From(options.Raw("categoryarray")));
        AddCategories(column);
    }

    /// <summary>The column in the axis's own coordinate; NaN where a value has no place on it.</summary>
    public double[] Convert(Column column) => Kind switch
    {
        AxisKind.Linear => column.Numbers,
        AxisKind.Log => [.. column.Numbers.Select(Convert)],
        AxisKind.Date => [.. column.Cells.Select(Cell.Date)],
        _ => [.. column.Cells.Select(cell => cell is not null && _categories.TryGetValue(Cell.Text(cell), out int index) ? index : double.NaN)],
    };

    public double Convert(double value) => Kind != AxisKind.Log ? value : value > 0 ? Math.Log10(value) : double.NaN;

    /// <summary>A place given by a user (of an annotation, a shape, a tick), in the axis's coordinate. Annotations on log axes give logarithms, the others values.</summary>
    public double? Place(object? value, bool isLogarithm) => value switch
    {
        null => null,
        not null when Kind == AxisKind.Date => Cell.Date(value),
        not null when Kind == AxisKind.Category && _categories.TryGetValue(Cell.Text(value), out int index) => index,
        not null when double.IsNaN(Cell.Number(value)) => null,
        _ => isLogarithm ? Cell.Number(value) : Convert(Cell.Number(value)),
    };

    /// <inheritdoc cref="Extent.Include"/>
    public void Include(double value, bool roomy, double pixelsBelow, double pixelsAbove) => _extent.Include(value, roomy, pixelsBelow, pixelsAbove);

    public void Include(double value, bool roomy, double pixels = 0) => _extent.Include(value, roomy, pixels, pixels);

    public void Include(ReadOnlySpan<double> values, bool roomy, double pixels = 0)
    {
        foreach (double value in values)
            _extent.Include(value, roomy, pixels, pixels);
    }

    /// <summary>Includes the value and, on an axis of numbers, zero.</summary>
    public void IncludeFromZero(double value, bool roomy, double pixels = 0)
    {
        if (Kind == AxisKind.Linear) _extent.IncludeFromZero(value, roomy, pixels);
        else _extent.Include(value, roomy, pixels, pixels);
    }

    public void KeepTicksAtBars(double distance, double first)
    {
        if (Kind is AxisKind.Linear or AxisKind.Date && distance > 0) (LeastStep, LeastStart) = (distance, first);
    }

    /// <summary>Gives the axis its pixels, and with them its range and ticks; call when every trace has been included.</summary>
    public void Settle(double pixelLow, double pixelHigh)
    {
        (PixelLow, PixelHigh) = (pixelLow, pixelHigh);
        (Low, High) = _extent.Range(Length, Kind == AxisKind.Linear ? options.Text("rangemode") : null) ?? Usual;
        bool reversed = options.Text("autorange") == "reversed";
        if (options.Raw("range") is double[] or object?[])
        {
            // On a log axis the range is in logarithms already.
            double[] ends = [.. Column.From(options.Raw("range")).Cells.Select(cell => Kind == AxisKind.Date ? Cell.Date(cell) : Cell.Number(cell))];
            if (ends.Length == 2 && double.IsFinite(ends[0]) && double.IsFinite(ends[1]) && ends[0] != ends[1])
            {
                (Low, High) = (ends[0], ends[1]);
                reversed = false;
            }
        }
        if (reversed) (Low, High) = (High, Low);
        Ticks = new TickMaker(this, Length).Make();
    }

    /// <param name="value">In the axis's coordinate.</param>
    public double Pixel(double value) => PixelLow + (value - Low) / (High - Low) * (PixelHigh - PixelLow);

    // Of an axis without data.
    private (double Low, double High) Usual => Kind == AxisKind.Date ? (946684800000, 978307200000) : IsHorizontal ? (-1, 6) : (-1, 4);

    private void AddCategories(Column column)
    {
        foreach (object? cell in column.Cells)
            if (cell is not null) _categories.TryAdd(Cell.Text(cell), _categories.Count);
    }
}
