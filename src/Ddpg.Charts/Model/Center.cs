#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The point looked at.</summary>
public sealed class Center : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Center));

    Members IPlotlyObject.Members => Members;

    public double x { get => Members.Get<double>(); set => Members.Set(value); }
    public double y { get => Members.Get<double>(); set => Members.Set(value); }
    public double z { get => Members.Get<double>(); set => Members.Set(value); }
}
