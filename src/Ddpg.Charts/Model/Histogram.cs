#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Counts, or densities, of values in bins.</summary>
public sealed class Histogram : Trace
{
    public Histogram() => type = "histogram";

    public string type { get => Members.Get<string>(); set => Members.Set(value); }
    public object visible { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
    public string legendgroup { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public string hoverinfo { get => Members.Get<string>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public string text { get => Members.Get<string>(); set => Members.Set(value); }
    public object orientation { get => Members.Get<object>(); set => Members.Set(value); }
    public Marker marker { get => Members.Get<Marker>(); set => Members.Set(value); }
    public object histnorm { get => Members.Get<object>(); set => Members.Set(value); }
    public int nbinsx { get => Members.Get<int>(); set => Members.Set(value); }
    public Xbins xbins { get => Members.Get<Xbins>(); set => Members.Set(value); }
    public int nbinsy { get => Members.Get<int>(); set => Members.Set(value); }
    public Ybins ybins { get => Members.Get<Ybins>(); set => Members.Set(value); }
    public string xaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public string yaxis { get => Members.Get<string>(); set => Members.Set(value); }
}
