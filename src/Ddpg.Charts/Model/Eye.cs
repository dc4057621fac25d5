#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The place of the eye; the plot is a cube around the origin.</summary>
public sealed class Eye : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Eye));

    Members IPlotlyObject.Members => Members;

    public double x { get => Members.Get<double>(); set => Members.Set(value); }
    public double y { get => Members.Get<double>(); set => Members.Set(value); }
    public double z { get => Members.Get<double>(); set => Members.Set(value); }
}
