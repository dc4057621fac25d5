namespace XPlot.Plotly;

/// <summary>Shows a chart as a static picture. Kernels call both members by name.</summary>
internal sealed class SvgFormatter
{
    public const string Type = "image/svg+xml";

    public string MimeType => Type;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not PlotlyChart chart) return false;
        writer.Write(SvgRenderer.Render(chart));
        return true;
    }
}
