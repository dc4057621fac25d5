namespace XPlot.Plotly;

/// <summary>What <see cref="TypeFormatterSourceAttribute"/> points to; kernels call <see cref="CreateTypeFormatters"/> by name.</summary>
internal sealed class ChartFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new PlotlyFormatter(), new SvgFormatter()];
}
