namespace Ddpg.Charts;

/// <summary>The names of the traces: in rows above or below the plot, or in a column beside it or on it.</summary>
internal sealed class LegendBox
{
    private const double Sample = 26, Gap = 7, Between = 20;
    private readonly List<(TraceView View, RichText Name, double Width)> _entries;
    private readonly Members _options;
    private readonly TextStyle _style;
    private List<List<int>> _rows = [];

    public LegendBox(Figure figure)
    {
        _options = figure.Layout.Child("legend");
        _style = new TextStyle(12.5).With(_options.Child("font"));
        _entries = [.. figure.LegendViews.Select(view => (view, new RichText(view.Name.Length > 0 ? view.Name : $"trace {Index(figure, view)}")))
            .Select(entry => (entry.view, entry.Item2, Sample + Gap + entry.Item2.Width(_style.Size)))];
    }

    public bool IsEmpty => _entries.Count == 0;

    public bool IsVertical => (_options.Text("orientation") ?? (_options.Number("x") is null ? "h" : "v")) == "v";

    /// <summary>In the margin to the right.</summary>
    public bool IsBeside => IsVertical && (_options.Number("x") ?? 1.02) >= 1;

    public bool IsAbove => !IsVertical && (_options.Number("y") ?? 1.02) >= 1;

    public bool IsBelow => !IsVertical && (_options.Number("y") ?? 1.02) < 0;

    public double Width => _rows.Count == 0 ? 0 : _rows.Max(RowWidth);

    public double Height => _rows.Count * RowHeight;

    private double RowHeight => _style.Size * 1.6;

    /// <summary>The height that plotly.js gives the legend: in several rows it sets the names in columns, all as wide as the widest.</summary>
    public double HeightInPlotly(double width)
    {
        double widest = _entries.Max(entry => entry.Width) + 16, room = width - 100;
        bool oneRow = _entries.Sum(entry => entry.Width + 16) <= room;
        return 19 * (oneRow ? 1 : Math.Ceiling(_entries.Count / Math.Max(1, Math.Floor(room / widest))));
    }

    /// <summary>Breaks the names into rows that are no wider than <paramref name="width"/>.</summary>
    public void Arrange(double width)
    {
        _rows = [];
        for (int index = 0; index < _entries.Count; index++)
        {
            if (_rows.Count == 0 || IsVertical || RowWidth(_rows[^1]) + Between + _entries[index].Width > width) _rows.Add([]);
            _rows[^1].Add(index);
        }
    }

    /// <summary>Draws the legend where it is wanted: in a margin, whose rectangle is given by its left and top, or on the plot.</summary>
    public void Draw(SvgText svg, Rect plot, double marginLeft, double marginTop)
    {
        (double left, double top) = (marginLeft, marginTop);
        bool onPlot = !IsBeside && !IsAbove && !IsBelow;
        if (onPlot)
        {
            double x = _options.Number("x") ?? 0, y = _options.Number("y") ?? 1;
            left = plot.X + x * plot.Width - Width * Part(_options.Text("xanchor"), x, "left", "right");
            top = plot.Y + (1 - y) * plot.Height - Height * Part(_options.Text("yanchor"), 1 - y, "top", "bottom");
            (left, top) = (Math.Clamp(left, plot.X + 8, Math.Max(plot.X + 8, plot.Right - Width - 8)), Math.Clamp(top, plot.Y + 6, Math.Max(plot.Y + 6, plot.Bottom - Height - 6)));
            svg.Empty("rect", ("x", SvgText.Number(left - 6)), ("y", SvgText.Number(top - 2)), ("width", SvgText.Number(Width + 12)), ("height", SvgText.Number(Height + 4)),
                ("class", _options.Text("bgcolor") is null ? "bg" : null), ("fill", _options.Text("bgcolor") ?? Theme.Background), ("fill-opacity", "0.85"), ("stroke", _options.Text("bordercolor")));
        }
        foreach (List<int> row in _rows)
        {
            double at = left;
            foreach (int index in row)
            {
                (TraceView view, RichText name, double width) = _entries[index];
                view.DrawSample(svg, at, top + RowHeight / 2);
                name.Draw(svg, at + Sample + Gap, top + RowHeight / 2 + _style.Size * 0.35, _style);
                at += width + Between;
            }
            top += RowHeight;
        }
    }

    private static double Part(string? anchor, double at, string zero, string one) =>
        anchor == zero ? 0 : anchor == one ? 1 : anchor is "center" or "middle" ? 0.5 : at < 1.0 / 3 ? 0 : at > 2.0 / 3 ? 1 : 0.5;

    private double RowWidth(List<int> row) => row.Sum(index => _entries[index].Width) + Between * (row.Count - 1);

    private static int Index(Figure figure, TraceView view)
    {
        for (int index = 0; index < figure.Views.Count; index++)
            if (figure.Views[index] == view) return index;
        return 0;
    }
}
