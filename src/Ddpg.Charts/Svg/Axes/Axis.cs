using System.Collections;
using System.Globalization;

namespace Ddpg.Charts;

/// <summary>One axis of the static picture: its range, its ticks, and where a value lies in pixels.</summary>
internal sealed class Axis(string id, Members options)
{
    private readonly Extent _extent = new();
    private readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    private bool _hasNumbers;

    /// <summary>As traces name it: x, x2, y, y2.</summary>
    public string Id => id;

    public Members Options => options;

    public bool IsHorizontal => id[0] == 'x';

    /// <summary>The axis that this one lies beside.</summary>
    public string Anchor => options.Text("anchor") ?? (options.Text("overlaying") is not null || id.Length == 1 ? (IsHorizontal ? "y" : "x") : (IsHorizontal ? "y" : "x") + id[1..]);

    public bool IsOverlay => options.Text("overlaying") is not null;

    public bool IsFarSide => options.Text("side") is "right" or "top";

    public AxisKind Kind => options.Text("type") switch
    {
        "log" => AxisKind.Log,
        "category" => AxisKind.Category,
        "linear" => AxisKind.Linear,
        _ => _categories.Count > 0 && !_hasNumbers ? AxisKind.Category : AxisKind.Linear,
    };

    public bool IsUsed { get; private set; }

    /// <summary>The ends of the range in the axis's own coordinate; the first belongs to the left or the bottom end.</summary>
    public double Low { get; private set; }

    public double High { get; private set; }

    public double PixelLow { get; private set; }

    public double PixelHigh { get; private set; }

    public IReadOnlyList<Tick> Ticks { get; private set; } = [];

    public RichText? Title { get; } = options.Title is { } title ? new RichText(title) : null;

    public IReadOnlyCollection<string> Categories => _categories.Keys;

    public double Length => Math.Abs(PixelHigh - PixelLow);

    /// <summary>Takes a column into use: its categories get their places. Call before any conversion.</summary>
    public void Register(Column column)
    {
        IsUsed = true;
        string[]? names = Names(column);
        _hasNumbers |= names is null && column.Count > 0;
        foreach (string name in names ?? [])
            _categories.TryAdd(name, _categories.Count);
    }

    /// <summary>The column in the axis's own coordinate: logarithms on a log axis, indices on a category axis.</summary>
    public double[] Convert(Column column)
    {
        if (Names(column) is { } names) return [.. names.Select(name => (double)_categories.GetValueOrDefault(name, 0))];
        if (Kind != AxisKind.Log) return column.Numbers;
        return [.. column.Numbers.Select(Convert)];
    }

    public double Convert(double value) => Kind != AxisKind.Log ? value : value > 0 ? Math.Log10(value) : double.NaN;

    /// <summary>A place given by a user (of an annotation or a shape), in the axis's coordinate. Annotations on log axes give logarithms, shapes give values.</summary>
    public double? Place(object? value, bool isLogarithm) => value switch
    {
        null => null,
        string text when _categories.TryGetValue(text, out int index) => index,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? (isLogarithm ? parsed : Convert(parsed)) : null,
        IConvertible number => isLogarithm ? number.ToDouble(CultureInfo.InvariantCulture) : Convert(number.ToDouble(CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <param name="value">In the axis's coordinate.</param>
    /// <param name="roomy">Whether the value should keep away from the end of the axis.</param>
    public void Include(double value, bool roomy) => _extent.Include(value, roomy);

    public void Include(ReadOnlySpan<double> values, bool roomy)
    {
        foreach (double value in values)
            _extent.Include(value, roomy);
    }

    /// <summary>Decides the range; call when every trace has been included.</summary>
    public void Settle()
    {
        if (Kind == AxisKind.Category)
        {
            _extent.Include(-0.5, roomy: false);
            _extent.Include(Math.Max(1, _categories.Count) - 0.5, roomy: false);
        }
        string? mode = options.Text("rangemode");
        if (mode == "tozero" && Kind == AxisKind.Linear) _extent.Include(0, roomy: false);
        (Low, High) = _extent.Range();
        if (mode == "nonnegative") Low = Math.Max(0, Low);
        if (options.Raw("range") is IEnumerable range and not string)
        {
            double[] ends = Column.From(range).Numbers;
            // Plotly's range of a log axis is in logarithms already.
            if (ends.Length == 2 && double.IsFinite(ends[0]) && double.IsFinite(ends[1]) && ends[0] != ends[1]) (Low, High) = (ends[0], ends[1]);
        }
        if (options.Text("autorange") == "reversed") (Low, High) = (High, Low);
    }

    public void SetPixels(double low, double high) => (PixelLow, PixelHigh) = (low, high);

    /// <param name="value">In the axis's coordinate.</param>
    public double Pixel(double value) => PixelLow + (value - Low) / (High - Low) * (PixelHigh - PixelLow);

    /// <param name="most">The number of labels that fit.</param>
    public void MakeTicks(int most)
    {
        double low = Math.Min(Low, High), high = Math.Max(Low, High);
        Ticks = (options.Raw("tickvals"), Kind) switch
        {
            (IEnumerable values and not string, _) => [.. Given(values).Where(tick => tick.Position >= low - 1e-9 && tick.Position <= high + 1e-9)],
            (_, AxisKind.Category) => CategoryTicks(low, high, most),
            (_, AxisKind.Log) => TickMaker.Log(low, high, most, Label),
            _ => TickMaker.Linear(low, high, options.Number("tick0") ?? 0, LinearStep(low, high, most), Label),
        };
    }

    private string[]? Names(Column column) => column.Texts ?? (options.Text("type") == "category" ? [.. column.Numbers.Select(number => Column.Text(number))] : null);

    private double LinearStep(double low, double high, int most) => options.Number("dtick") is > 0 and var step
        ? step
        : TickMaker.Step(low, high, options.Number("nticks") is > 0 and var count ? (int)count : most);

    private IEnumerable<Tick> Given(IEnumerable values)
    {
        object?[] places = [.. values.Cast<object?>()];
        string[] texts = options.Raw("ticktext") is IEnumerable names and not string ? [.. names.Cast<object?>().Select(Column.Text)] : [];
        for (int index = 0; index < places.Length; index++)
        {
            if (Place(places[index], isLogarithm: false) is { } position && double.IsFinite(position))
                yield return new Tick(position, index < texts.Length ? texts[index] : Label(Kind == AxisKind.Log ? Math.Pow(10, position) : position, GivenStep(places)));
        }
    }

    // Given values are written with the decimals that they need, not with those of an even step.
    private static double GivenStep(object?[] places)
    {
        double step = 1;
        foreach (double value in Column.From(places).Numbers)
            while (step > 1e-9 && Math.Abs(value / step - Math.Round(value / step)) > 1e-6) step /= 10;
        return step;
    }

    private List<Tick> CategoryTicks(double low, double high, int most)
    {
        int every = Math.Max(1, (int)Math.Ceiling(_categories.Count / (double)Math.Max(1, most)));
        return [.. _categories.Where(entry => entry.Value % every == 0 && entry.Value >= low && entry.Value <= high).Select(entry => new Tick(entry.Value, entry.Key))];
    }

    private string Label(double value, double step)
    {
        string text = (options.Text("tickformat") is { Length: > 0 } format ? NumberText.ByFormat(value, format) : null) ?? NumberText.Tick(value, step);
        return options.Text("tickprefix") + text + options.Text("ticksuffix");
    }
}
