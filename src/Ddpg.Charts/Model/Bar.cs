#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Bars, upright or (<c>orientation = "h"</c>) lying.</summary>
public sealed class Bar : Trace
{
    public Bar() => type = "bar";

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
    public object text { get => Members.Get<object>(); set => Members.Set(value); }
    public object orientation { get => Members.Get<object>(); set => Members.Set(value); }
    public Marker marker { get => Members.Get<Marker>(); set => Members.Set(value); }
    public Error_x error_x { get => Members.Get<Error_x>(); set => Members.Set(value); }
    public Error_y error_y { get => Members.Get<Error_y>(); set => Members.Set(value); }
    public string xaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public string yaxis { get => Members.Get<string>(); set => Members.Set(value); }
}
