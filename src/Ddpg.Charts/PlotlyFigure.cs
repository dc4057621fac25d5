using System.Text.Json;
using XPlot.Plotly;

namespace Ddpg.Charts;

/// <summary>
/// A chart of XPlot.Plotly in the two forms that a notebook shows and saves: Plotly JSON for front ends that draw it, and a static SVG picture for everything else. Neither needs a network,
/// and the same chart gives the same bytes in every run and on every machine.
/// </summary>
public sealed class PlotlyFigure
{
    /// <summary>The MIME type of <see cref="ToJson"/>.</summary>
    public const string JsonType = "application/vnd.plotly.v1+json";

    /// <summary>The MIME type of <see cref="ToSvg"/>.</summary>
    public const string SvgType = "image/svg+xml";

    // XPlot's own default; there is no telling it from a chart that was given this width.
    private const int DefaultWidth = 900;

    // A notebook's outputs are about this wide at least; a legend needs more rows there than in the picture.
    private const double NarrowPage = 700;

    private readonly int _width, _height;

    internal PlotlyFigure(Members[] traces, Members layout, int width, int height)
    {
        (Traces, Layout, _width, _height) = (traces, layout, width, height);
        foreach (Members trace in traces)
            Normaliser.Apply(trace);
        Normaliser.Apply(layout);
    }

    internal Members[] Traces { get; }

    /// <summary>What the chart sets itself, without the theme.</summary>
    internal Members Layout { get; }

    internal int PixelWidth => (int)(Layout.Number("width") ?? _width);

    internal int PixelHeight => (int)(Layout.Number("height") ?? _height);

    private bool HasOwnWidth => _width != DefaultWidth;

    /// <summary>Reads a chart; later changes of the chart are not seen.</summary>
    /// <param name="chart">A chart made by XPlot.Plotly.</param>
    /// <exception cref="InvalidOperationException">XPlot.Plotly wrote something else than version 4.1.0 does.</exception>
    public static PlotlyFigure Of(PlotlyChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        (Members[] traces, Members layout) = FigureReader.Read(chart);
        return new PlotlyFigure(traces, layout, chart.Width, chart.Height);
    }

    /// <summary>
    /// The figure as plotly.js 3 and later validates it: <c>data</c>, <c>layout</c> with the kit's theme as its template, <c>config</c>. Titles are objects, numbers that JSON lacks are null,
    /// and no id is in it. A chart without a width of its own (XPlot's 900 pixels count as none) takes the width of the page.
    /// </summary>
    public string ToJson() => FigureWriter.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        FigureWriter.Value(writer, Traces);
        writer.WriteStartObject("layout");
        FigureWriter.Members(writer, Layout);
        if (Layout.Number("width") is null && HasOwnWidth) writer.WriteNumber("width", _width);
        if (Layout.Number("height") is null) writer.WriteNumber("height", _height);
        if (Layout.Raw("margin") is null) WriteMargin(writer);
        writer.WritePropertyName("template");
        writer.WriteRawValue(Theme.TemplateJson);
        writer.WriteEndObject();
        writer.WriteStartObject("config");
        writer.WriteBoolean("responsive", true);
        writer.WriteBoolean("displaylogo", false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>
    /// The figure as a picture with title and description for screen readers. Traces of types that the kit does not draw itself (anything but scatter, bar, box, histogram and heatmap) are named
    /// in it as "drawn by plotly only".
    /// </summary>
    public string ToSvg() => SvgRenderer.Render(this);

    /// <summary>plotly.js makes room for labels by itself, but lets title and legend collide, so they get the room that they have in the static picture.</summary>
    private void WriteMargin(Utf8JsonWriter writer)
    {
        var page = new PageLayout(new Figure(this), PixelWidth, PixelHeight);
        bool own = HasOwnWidth || Layout.Number("width") is not null;
        double legend = page.Legend is { IsEmpty: false, IsAbove: true } ? Math.Min(PixelHeight / 2.0, page.Legend.HeightInPlotly(own ? PixelWidth : NarrowPage)) - page.Legend.Height + 12 : 0;
        writer.WriteStartObject("margin");
        writer.WriteNumber("l", 24);
        writer.WriteNumber("r", 24);
        writer.WriteNumber("t", (int)Math.Ceiling(page.Plot.Y + legend));
        writer.WriteNumber("b", 24);
        writer.WriteEndObject();
    }
}
