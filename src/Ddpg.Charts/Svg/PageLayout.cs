using System.Collections;

namespace Ddpg.Charts;

/// <summary>Divides the picture: title and legend at the top, labels around the plots, scales of colours at the right, and gives every axis its pixels and ticks.</summary>
internal sealed class PageLayout
{
    public const double TickSize = 12, AxisTitleSize = 13.5;
    private const double Edge = 14, TickGap = 7, TitleGap = 8, LabelGap = 5;

    // Of the height that was asked for, what the plot gets at least.
    private const double LeastShare = 0.35;


    private readonly Figure _figure;

    public PageLayout(Figure figure, double width, double height)
    {
        _figure = figure;
        Legend = new LegendBox(figure);
        ColourBars = figure.ColourBars;
        Legend.Arrange(width - 2 * Edge);
        // The left margin depends on the tick labels, these on the height: two passes settle it.
        Plot = new Rect(60, 60, Math.Max(40, width - 100), Math.Max(40, height - 120));
        Height = height;
        Place(width);
        double missing = Math.Max(LeastShare * height - Plot.Height, Legend.IsEmpty || !Legend.IsBeside ? 0 : Legend.Height - Plot.Height);
        if (missing <= 0 || figure.Layout.Raw("margin") is not null) return;
        Height = Math.Ceiling(height + missing);
        Place(width);
    }

    /// <summary>The height of the picture: more than was asked for where a long legend or long labels would leave too little for the plot.</summary>
    public double Height { get; private set; }

    /// <summary>The area that all plots share.</summary>
    public Rect Plot { get; private set; }

    public LegendBox Legend { get; }

    public IReadOnlyList<ColourBar> ColourBars { get; }

    public RichText? Title => _figure.Layout.Title is { } title ? new RichText(title) : null;

    public TextStyle TitleStyle => new TextStyle(Theme.TitleSize, Bold: true).With(_figure.Layout.Child("title").Child("font"));

    public double LegendTop { get; private set; }

    /// <summary>Labels of a horizontal axis that would touch each other lean.</summary>
    public double LabelAngle(Axis axis) => axis.Options.Number("tickangle") ?? (IsCrowded(axis) ? -35 : 0);

    public double AxisRoom(Axis axis)
    {
        double labels = axis.Options.Flag("showticklabels") == false ? 0 : axis.IsHorizontal ? LabelHeight(axis) : WidestLabel(axis);
        double title = axis.Title is null ? 0 : TitleGap + axis.Title.Height(AxisTitleSize);
        return TickGap + labels + title;
    }

    public double WidestLabel(Axis axis) => axis.Ticks.Select(tick => new RichText(tick.Label).Width(TickSize)).DefaultIfEmpty(0).Max();

    public Rect Area(Axis x, Axis y) => new(Math.Min(x.PixelLow, x.PixelHigh), Math.Min(y.PixelLow, y.PixelHigh), x.Length, y.Length);

    public Axis AnchorOf(Axis axis) => _figure.Axis(axis.Options.Text("overlaying") is { } under && axis.Options.Text("anchor") is null ? _figure.Axis(under).Anchor : axis.Anchor);

    public (double Low, double High) Domain(Axis axis)
    {
        Members options = axis.Options.Text("overlaying") is { } under ? _figure.Axis(under).Options : axis.Options;
        double[] domain = options.Raw("domain") is IEnumerable ends and not string ? Column.From(ends).Numbers : [];
        return domain is [var low, var high] && low >= 0 && high <= 1 && low < high ? (low, high) : (0, 1);
    }

    /// <summary>How far labels below the plot reach beyond its left and its right end.</summary>
    private (double Left, double Right) Overhang(Axis axis)
    {
        double angle = LabelAngle(axis), along = Math.Cos(angle * Math.PI / 180), left = 0, right = 0;
        foreach (Tick tick in axis.Options.Flag("showticklabels") == false ? [] : axis.Ticks)
        {
            double width = new RichText(tick.Label).Width(TickSize) * along, at = axis.Pixel(tick.Position);
            left = Math.Max(left, (angle == 0 ? width / 2 : angle < 0 ? width : 0) - (at - Plot.X) + 4);
            right = Math.Max(right, (angle == 0 ? width / 2 : angle > 0 ? width : 0) - (Plot.Right - at) + 4);
        }
        return (left, right);
    }

    private double LabelHeight(Axis axis)
    {
        double angle = Math.Abs(LabelAngle(axis)) * Math.PI / 180;
        double lines = axis.Ticks.Select(tick => new RichText(tick.Label).LineCount).DefaultIfEmpty(1).Max();
        return TickSize * lines * Math.Cos(angle) + WidestLabel(axis) * Math.Sin(angle) + 4;
    }

    /// <summary>Whether neighbouring labels of a horizontal axis would touch.</summary>
    private static bool IsCrowded(Axis axis)
    {
        // The digits of a log axis are few and small.
        if (!axis.IsHorizontal || axis.Ticks.Any(tick => tick.Small)) return false;
        (double At, double Half)[] labels = [.. axis.Ticks.Where(tick => tick.Label.Length > 0).Select(tick => (axis.Pixel(tick.Position), new RichText(tick.Label).Width(TickSize) / 2)).Order()];
        return labels.Zip(labels.Skip(1)).Any(pair => pair.Second.At - pair.First.At < pair.First.Half + pair.Second.Half + LabelGap);
    }

    private void Place(double width)
    {
        for (int pass = 0; pass < 3; pass++)
        {
            PlaceAxes();
            Plot = Inner(width, Height);
        }
        PlaceAxes();
    }

    private Rect Inner(double width, double height)
    {
        Members margin = _figure.Layout.Child("margin");
        double top = Edge, bottom = Edge, left = Edge, right = Edge;
        if (Title is not null) top += Title.Height(TitleStyle.Size) + 6;
        LegendTop = top;
        if (!Legend.IsEmpty && Legend.IsAbove) top += Legend.Height + 6;
        if (!Legend.IsEmpty && Legend.IsBeside) right += Legend.Width + 16;
        if (!Legend.IsEmpty && Legend.IsBelow)
        {
            bottom += Legend.Height + 8;
            LegendTop = height - Edge - Legend.Height;
        }
        foreach (ColourBar bar in ColourBars.Where(bar => bar.Options.Number("x") is null or >= 1))
            right += bar.Width(Plot.Height) + 14;
        foreach (Axis axis in _figure.UsedAxes)
        {
            (double low, double high) = Domain(AnchorOf(axis));
            if (axis.IsHorizontal && !axis.IsFarSide && low == 0) bottom = Math.Max(bottom, AxisRoom(axis) + (Legend is { IsEmpty: false, IsBelow: true } ? Legend.Height + 8 : 0) + 8);
            if (axis.IsHorizontal && axis.IsFarSide && high == 1) top = Math.Max(top, LegendTop + AxisRoom(axis));
            if (!axis.IsHorizontal && !axis.IsFarSide && low == 0) left = Math.Max(left, AxisRoom(axis) + 10);
            if (!axis.IsHorizontal && axis.IsFarSide && high == 1) right = Math.Max(right, AxisRoom(axis) + 10);
            if (axis.IsHorizontal) (left, right) = (Math.Max(left, Overhang(axis).Left), Math.Max(right, Overhang(axis).Right));
        }
        top = Math.Max(top, Annotations(above: true) + (Title is null && Legend.IsEmpty ? 0 : LegendTop));
        (left, right) = (Math.Max(left, margin.Number("l") ?? 0), Math.Max(right, margin.Number("r") ?? 0));
        (top, bottom) = (Math.Max(top, margin.Number("t") ?? 0), Math.Max(bottom, margin.Number("b") ?? 0));
        // Whole pixels, as in plotly.js: the range of an axis depends on its length.
        (left, top) = (Math.Ceiling(left), Math.Ceiling(top));
        return new Rect(left, top, Math.Max(40, Math.Floor(width - right) - left), Math.Max(40, Math.Floor(height - bottom) - top));
    }

    /// <summary>The room for annotations above the plots, which serve as titles of subplots.</summary>
    private double Annotations(bool above) => _figure.Layout.Items("annotations")
        .Where(note => above && note.Text("yref") == "paper" && note.Number("y") >= 1)
        .Select(note => new RichText(note.Text("text") ?? "").Height(note.Child("font").Number("size") ?? 12) + 8).DefaultIfEmpty(0).Max();

    private void PlaceAxes()
    {
        foreach (Axis axis in _figure.Axes)
        {
            (double low, double high) = Domain(axis);
            if (axis.IsHorizontal) axis.Settle(Plot.X + Plot.Width * (low + Shift(axis, low)), Plot.X + Plot.Width * high);
            else axis.Settle(Plot.Bottom - Plot.Height * low, Plot.Bottom - Plot.Height * high);
        }
    }

    /// <summary>A plot to the right of another needs room for its own labels; what the given domains leave between them may be too little.</summary>
    private double Shift(Axis x, double low)
    {
        if (low == 0) return 0;
        double left = _figure.UsedAxes.Where(axis => axis.IsHorizontal && axis != x).Select(axis => Domain(axis).High).Where(high => high <= low).DefaultIfEmpty(0).Max();
        double room = _figure.UsedAxes.Where(axis => !axis.IsHorizontal && !axis.IsFarSide && AnchorOf(axis) == x).Select(AxisRoom).DefaultIfEmpty(0).Max() + 10;
        return Math.Clamp(room / Plot.Width - (low - left), 0, (Domain(x).High - low) * 0.5);
    }
}
