#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Room around the plot, in pixels.</summary>
public sealed class Margin : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Margin));

    Members IPlotlyObject.Members => Members;

    public double l { get => Members.Get<double>(); set => Members.Set(value); }
    public double r { get => Members.Get<double>(); set => Members.Set(value); }
    public double t { get => Members.Get<double>(); set => Members.Set(value); }
    public double b { get => Members.Get<double>(); set => Members.Set(value); }
    public double pad { get => Members.Get<double>(); set => Members.Set(value); }
    public bool autoexpand { get => Members.Get<bool>(); set => Members.Set(value); }
}
