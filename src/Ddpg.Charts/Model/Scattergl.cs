#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Scatter for very many points: plotly.js draws it by WebGL.</summary>
public sealed class Scattergl : Trace
{
    public Scattergl() => type = "scattergl";

    public string type { get => Members.Get<string>(); set => Members.Set(value); }
    public object visible { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
    public string legendgroup { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public string hoverinfo { get => Members.Get<string>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object x0 { get => Members.Get<object>(); set => Members.Set(value); }
    public double dx { get => Members.Get<double>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public object y0 { get => Members.Get<object>(); set => Members.Set(value); }
    public double dy { get => Members.Get<double>(); set => Members.Set(value); }
    public string text { get => Members.Get<string>(); set => Members.Set(value); }
    public string mode { get => Members.Get<string>(); set => Members.Set(value); }
    public Line line { get => Members.Get<Line>(); set => Members.Set(value); }
    public Marker marker { get => Members.Get<Marker>(); set => Members.Set(value); }
    public object fill { get => Members.Get<object>(); set => Members.Set(value); }
    public string fillcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public Error_x error_x { get => Members.Get<Error_x>(); set => Members.Set(value); }
    public Error_y error_y { get => Members.Get<Error_y>(); set => Members.Set(value); }
    public string xaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public string yaxis { get => Members.Get<string>(); set => Members.Set(value); }
}
