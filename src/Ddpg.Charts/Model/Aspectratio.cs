#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Relative lengths of a scene's axes.</summary>
public sealed class Aspectratio : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Aspectratio));

    Members IPlotlyObject.Members => Members;

    public double x { get => Members.Get<double>(); set => Members.Set(value); }
    public double y { get => Members.Get<double>(); set => Members.Set(value); }
    public double z { get => Members.Get<double>(); set => Members.Set(value); }
}
