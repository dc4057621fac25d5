namespace XPlot.Plotly;

/// <summary>What is written to Plotly JSON as an object.</summary>
internal interface IPlotlyObject
{
    Members Members { get; }
}
