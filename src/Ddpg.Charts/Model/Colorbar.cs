#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The scale beside a heat map.</summary>
public sealed class Colorbar : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Colorbar));

    Members IPlotlyObject.Members => Members;

    public double thickness { get => Members.Get<double>(); set => Members.Set(value); }
    public double len { get => Members.Get<double>(); set => Members.Set(value); }
    public object lenmode { get => Members.Get<object>(); set => Members.Set(value); }
    public double x { get => Members.Get<double>(); set => Members.Set(value); }
    public object xanchor { get => Members.Get<object>(); set => Members.Set(value); }
    public double y { get => Members.Get<double>(); set => Members.Set(value); }
    public object yanchor { get => Members.Get<object>(); set => Members.Set(value); }
    public int nticks { get => Members.Get<int>(); set => Members.Set(value); }
    public double tick0 { get => Members.Get<double>(); set => Members.Set(value); }
    public object dtick { get => Members.Get<object>(); set => Members.Set(value); }
    public object tickmode { get => Members.Get<object>(); set => Members.Set(value); }
    public object tickvals { get => Members.Get<object>(); set => Members.Set(value); }
    public object ticktext { get => Members.Get<object>(); set => Members.Set(value); }
    public Font tickfont { get => Members.Get<Font>(); set => Members.Set(value); }
    public string tickformat { get => Members.Get<string>(); set => Members.Set(value); }
    public string tickprefix { get => Members.Get<string>(); set => Members.Set(value); }
    public string ticksuffix { get => Members.Get<string>(); set => Members.Set(value); }
    public string title { get => Members.Get<string>(); set => Members.Set(value); }
    public Font titlefont { get => Members.Get<Font>(); set => Members.Set(value); }
    public object titleside { get => Members.Get<object>(); set => Members.Set(value); }
    public object exponentformat { get => Members.Get<object>(); set => Members.Set(value); }
    public object showexponent { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showticklabels { get => Members.Get<bool>(); set => Members.Set(value); }
    public double outlinewidth { get => Members.Get<double>(); set => Members.Set(value); }
    public string outlinecolor { get => Members.Get<string>(); set => Members.Set(value); }
}
