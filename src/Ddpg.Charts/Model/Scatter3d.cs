#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Points and lines in space.</summary>
public sealed class Scatter3d : Trace
{
    public Scatter3d() => type = "scatter3d";

    public string type { get => Members.Get<string>(); set => Members.Set(value); }
    public object visible { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
    public string legendgroup { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public string hoverinfo { get => Members.Get<string>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public object z { get => Members.Get<object>(); set => Members.Set(value); }
    public object text { get => Members.Get<object>(); set => Members.Set(value); }
    public string mode { get => Members.Get<string>(); set => Members.Set(value); }
    public Line line { get => Members.Get<Line>(); set => Members.Set(value); }
    public Marker marker { get => Members.Get<Marker>(); set => Members.Set(value); }
    public string scene { get => Members.Get<string>(); set => Members.Set(value); }
}
