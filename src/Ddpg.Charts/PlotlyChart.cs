using System.Diagnostics;
using System.Text;

namespace XPlot.Plotly;

/// <summary>A figure: traces and a layout. A notebook shows it as Plotly JSON and as a static SVG picture.</summary>
[TypeFormatterSource(typeof(ChartFormatterSource), PreferredMimeTypes = [PlotlyFormatter.Type, SvgFormatter.Type])]
public sealed class PlotlyChart
{
    private Layout.Layout? _layout;
    private string? _id;

    internal IReadOnlyList<Trace> Traces { get; init; } = [];

    internal Members LayoutMembers => _layout?.Members ?? Members.None;

    internal bool HasExplicitWidth { get; private set; }

    /// <summary>Width in pixels where the layout names none.</summary>
    public int Width
    {
        get;
        set
        {
            field = Positive(value, nameof(Width));
            HasExplicitWidth = true;
        }
    } = 900;

    /// <summary>Height in pixels where the layout names none.</summary>
    public int Height { get; set => field = Positive(value, nameof(Height)); } = 500;

    /// <summary>The id of the element that holds the chart. Unless set, it is derived from the figure, so that a second run writes the same bytes.</summary>
    public string Id { get => _id ?? ContentId.Of(FigureJson.Bundle(this)); set => _id = value; }

    /// <summary>Where <see cref="GetHtml"/> loads plotly.js from. Empty by default, unlike upstream: then the page draws the static picture and needs no network.</summary>
    public string PlotlySrc { get; set; } = "";

    /// <summary>A page of its own: the static picture, and the live chart in its place if <see cref="PlotlySrc"/> is set.</summary>
    public string GetHtml()
    {
        string source = PlotlySrc.Length == 0 ? "" : $"\n<script src=\"{SvgText.Escape(PlotlySrc)}\"></script>";
        return $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">{source}\n</head>\n<body>\n{GetInlineHtml()}\n</body>\n</html>\n";
    }

    /// <summary>An element that shows the static picture, and the live chart in its place on a page that has loaded plotly.js.</summary>
    public string GetInlineHtml() =>
        $"<div id=\"{SvgText.Escape(Id)}\" style=\"width: {PixelWidth}px; height: {PixelHeight}px;\">{SvgRenderer.Render(this)}</div>\n{GetInlineJS()}";

    /// <summary><see cref="GetPlottingJS"/> in a script element.</summary>
    public string GetInlineJS() => $"<script>\nif (window.Plotly) {{\n{GetPlottingJS()}\n}}\n</script>";

    /// <summary>The script that draws the chart into the element called <see cref="Id"/>.</summary>
    public string GetPlottingJS()
    {
        string id = Id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        return $"(function () {{\n  var target = document.getElementById('{id}');\n  target.textContent = '';\n" +
            $"  Plotly.newPlot(target, {FigureJson.Data(this)}, {FigureJson.LayoutOf(this)});\n}})();";
    }

    /// <summary>Opens the chart in the browser, from a file in the temporary folder.</summary>
    public void Show()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Id}.html");
        File.WriteAllText(path, GetHtml(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using Process? browser = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
    }

    public void WithPlotlySrc(string src) => PlotlySrc = src;

    public void WithHeight(int height) => Height = height;

    public void WithWidth(int width) => Width = width;

    public void WithSize(int width, int height) => (Width, Height) = (width, height);

    public void WithId(string newId) => Id = newId;

    public void WithLayout(Layout.Layout layoutObj) => _layout = layoutObj;

    public void WithOptions(Layout.Layout options) => _layout = options;

    public void WithTitle(string title) => EnsureLayout().title = title;

    public void WithLegend(bool enabled) => EnsureLayout().showlegend = enabled;

    public void WithXTitle(string xTitle)
    {
        Layout.Layout layout = EnsureLayout();
        if (LayoutMembers.Raw("xaxis") is null) layout.xaxis = new Xaxis();
        layout.xaxis.title = xTitle;
    }

    public void WithYTitle(string yTitle)
    {
        Layout.Layout layout = EnsureLayout();
        if (LayoutMembers.Raw("yaxis") is null) layout.yaxis = new Yaxis();
        layout.yaxis.title = yTitle;
    }

    /// <summary>Names the first trace.</summary>
    public void WithLabel(string label) => WithLabels([label], all: false);

    /// <summary>Names the traces in order.</summary>
    /// <exception cref="ArgumentException">Fewer labels than traces.</exception>
    public void WithLabels(IEnumerable<string> labels) => WithLabels([.. labels], all: true);

    internal int PixelWidth => (int)(LayoutMembers.Number("width") ?? Width);

    internal int PixelHeight => (int)(LayoutMembers.Number("height") ?? Height);

    private void WithLabels(string[] labels, bool all)
    {
        if (all && labels.Length < Traces.Count)
            throw new ArgumentException($"{labels.Length} labels for {Traces.Count} traces: give each trace its label.", nameof(labels));
        for (int index = 0; index < Math.Min(labels.Length, Traces.Count); index++)
            Traces[index].name = labels[index];
    }

    private Layout.Layout EnsureLayout() => _layout ??= new Layout.Layout();

    private static int Positive(int value, string name) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a number of pixels and must be at least 1.");
}
