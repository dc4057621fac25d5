#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>A matrix as level curves.</summary>
public sealed class Contour : Trace
{
    public Contour() => type = "contour";

    public string type { get => Members.Get<string>(); set => Members.Set(value); }
    public object visible { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
    public string legendgroup { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public string hoverinfo { get => Members.Get<string>(); set => Members.Set(value); }
    public object z { get => Members.Get<object>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object x0 { get => Members.Get<object>(); set => Members.Set(value); }
    public double dx { get => Members.Get<double>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public object y0 { get => Members.Get<object>(); set => Members.Set(value); }
    public double dy { get => Members.Get<double>(); set => Members.Set(value); }
    public object text { get => Members.Get<object>(); set => Members.Set(value); }
    public bool transpose { get => Members.Get<bool>(); set => Members.Set(value); }
    public bool zauto { get => Members.Get<bool>(); set => Members.Set(value); }
    public double zmin { get => Members.Get<double>(); set => Members.Set(value); }
    public double zmax { get => Members.Get<double>(); set => Members.Set(value); }
    public object colorscale { get => Members.Get<object>(); set => Members.Set(value); }
    public bool reversescale { get => Members.Get<bool>(); set => Members.Set(value); }
    public bool showscale { get => Members.Get<bool>(); set => Members.Set(value); }
    public bool connectgaps { get => Members.Get<bool>(); set => Members.Set(value); }
    public Colorbar colorbar { get => Members.Get<Colorbar>(); set => Members.Set(value); }
    public string xaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public string yaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public bool autocontour { get => Members.Get<bool>(); set => Members.Set(value); }
    public int ncontours { get => Members.Get<int>(); set => Members.Set(value); }
    public Contours contours { get => Members.Get<Contours>(); set => Members.Set(value); }
    public Line line { get => Members.Get<Line>(); set => Members.Set(value); }
}
