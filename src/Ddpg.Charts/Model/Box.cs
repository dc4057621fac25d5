#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Box plots: quartiles, median, whiskers, outliers.</summary>
public sealed class Box : Trace
{
    public Box() => type = "box";

    public string type { get => Members.Get<string>(); set => Members.Set(value); }
    public object visible { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
    public string legendgroup { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public string hoverinfo { get => Members.Get<string>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object x0 { get => Members.Get<object>(); set => Members.Set(value); }
    public object y0 { get => Members.Get<object>(); set => Members.Set(value); }
    public double whiskerwidth { get => Members.Get<double>(); set => Members.Set(value); }
    public object boxpoints { get => Members.Get<object>(); set => Members.Set(value); }
    public object boxmean { get => Members.Get<object>(); set => Members.Set(value); }
    public double jitter { get => Members.Get<double>(); set => Members.Set(value); }
    public double pointpos { get => Members.Get<double>(); set => Members.Set(value); }
    public object orientation { get => Members.Get<object>(); set => Members.Set(value); }
    public Marker marker { get => Members.Get<Marker>(); set => Members.Set(value); }
    public Line line { get => Members.Get<Line>(); set => Members.Set(value); }
    public string fillcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public string xaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public string yaxis { get => Members.Get<string>(); set => Members.Set(value); }
}
