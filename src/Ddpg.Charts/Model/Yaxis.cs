#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The vertical axis.</summary>
public sealed class Yaxis : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Yaxis));

    Members IPlotlyObject.Members => Members;

    public string title { get => Members.Get<string>(); set => Members.Set(value); }
    public Font titlefont { get => Members.Get<Font>(); set => Members.Set(value); }
    public object type { get => Members.Get<object>(); set => Members.Set(value); }
    public object autorange { get => Members.Get<object>(); set => Members.Set(value); }
    public object rangemode { get => Members.Get<object>(); set => Members.Set(value); }
    public object range { get => Members.Get<object>(); set => Members.Set(value); }
    public bool fixedrange { get => Members.Get<bool>(); set => Members.Set(value); }
    public object tickmode { get => Members.Get<object>(); set => Members.Set(value); }
    public int nticks { get => Members.Get<int>(); set => Members.Set(value); }
    public double tick0 { get => Members.Get<double>(); set => Members.Set(value); }
    public object dtick { get => Members.Get<object>(); set => Members.Set(value); }
    public object tickvals { get => Members.Get<object>(); set => Members.Set(value); }
    public object ticktext { get => Members.Get<object>(); set => Members.Set(value); }
    public object ticks { get => Members.Get<object>(); set => Members.Set(value); }
    public double ticklen { get => Members.Get<double>(); set => Members.Set(value); }
    public string tickcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public bool showticklabels { get => Members.Get<bool>(); set => Members.Set(value); }
    public Font tickfont { get => Members.Get<Font>(); set => Members.Set(value); }
    public double tickangle { get => Members.Get<double>(); set => Members.Set(value); }
    public string tickprefix { get => Members.Get<string>(); set => Members.Set(value); }
    public string ticksuffix { get => Members.Get<string>(); set => Members.Set(value); }
    public object exponentformat { get => Members.Get<object>(); set => Members.Set(value); }
    public object showexponent { get => Members.Get<object>(); set => Members.Set(value); }
    public string tickformat { get => Members.Get<string>(); set => Members.Set(value); }
    public string hoverformat { get => Members.Get<string>(); set => Members.Set(value); }
    public bool showline { get => Members.Get<bool>(); set => Members.Set(value); }
    public string linecolor { get => Members.Get<string>(); set => Members.Set(value); }
    public double linewidth { get => Members.Get<double>(); set => Members.Set(value); }
    public bool showgrid { get => Members.Get<bool>(); set => Members.Set(value); }
    public string gridcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public bool zeroline { get => Members.Get<bool>(); set => Members.Set(value); }
    public string zerolinecolor { get => Members.Get<string>(); set => Members.Set(value); }
    public object mirror { get => Members.Get<object>(); set => Members.Set(value); }
    public object anchor { get => Members.Get<object>(); set => Members.Set(value); }
    public object side { get => Members.Get<object>(); set => Members.Set(value); }
    public object overlaying { get => Members.Get<object>(); set => Members.Set(value); }
    public object domain { get => Members.Get<object>(); set => Members.Set(value); }
}
