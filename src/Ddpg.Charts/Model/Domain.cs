#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The part of the chart that a plot takes, as fractions.</summary>
public sealed class Domain : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Domain));

    Members IPlotlyObject.Members => Members;

    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
}
