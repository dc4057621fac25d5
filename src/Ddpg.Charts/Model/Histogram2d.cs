#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Counts of pairs in rectangular bins.</summary>
public sealed class Histogram2d : Trace
{
    public Histogram2d() => type = "histogram2d";

    public string type { get => Members.Get<string>(); set => Members.Set(value); }
    public object visible { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
    public string legendgroup { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public string hoverinfo { get => Members.Get<string>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public object z { get => Members.Get<object>(); set => Members.Set(value); }
    public bool zauto { get => Members.Get<bool>(); set => Members.Set(value); }
    public double zmin { get => Members.Get<double>(); set => Members.Set(value); }
    public double zmax { get => Members.Get<double>(); set => Members.Set(value); }
    public object colorscale { get => Members.Get<object>(); set => Members.Set(value); }
    public bool reversescale { get => Members.Get<bool>(); set => Members.Set(value); }
    public bool showscale { get => Members.Get<bool>(); set => Members.Set(value); }
    public Colorbar colorbar { get => Members.Get<Colorbar>(); set => Members.Set(value); }
    public object histnorm { get => Members.Get<object>(); set => Members.Set(value); }
    public int nbinsx { get => Members.Get<int>(); set => Members.Set(value); }
    public Xbins xbins { get => Members.Get<Xbins>(); set => Members.Set(value); }
    public int nbinsy { get => Members.Get<int>(); set => Members.Set(value); }
    public Ybins ybins { get => Members.Get<Ybins>(); set => Members.Set(value); }
    public string xaxis { get => Members.Get<string>(); set => Members.Set(value); }
    public string yaxis { get => Members.Get<string>(); set => Members.Set(value); }
}
