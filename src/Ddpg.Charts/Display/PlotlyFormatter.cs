namespace XPlot.Plotly;

/// <summary>Shows a chart as Plotly JSON. Kernels call both members by name.</summary>
internal sealed class PlotlyFormatter
{
    public const string Type = "application/vnd.plotly.v1+json";

    public string MimeType => Type;

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not PlotlyChart chart) return false;
        writer.Write(FigureJson.Bundle(chart));
        return true;
    }
}
