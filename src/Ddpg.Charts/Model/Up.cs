#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The direction that points up.</summary>
public sealed class Up : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Up));

    Members IPlotlyObject.Members => Members;

    public double x { get => Members.Get<double>(); set => Members.Set(value); }
    public double y { get => Members.Get<double>(); set => Members.Set(value); }
    public double z { get => Members.Get<double>(); set => Members.Set(value); }
}
