namespace XPlot.Plotly;

internal enum AxisKind
{
    Linear,
    Log,
    Category,
}
