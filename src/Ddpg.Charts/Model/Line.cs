#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>How a line is drawn.</summary>
public sealed class Line : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Line));

    Members IPlotlyObject.Members => Members;

    public object color { get => Members.Get<object>(); set => Members.Set(value); }
    public object width { get => Members.Get<object>(); set => Members.Set(value); }
    public object shape { get => Members.Get<object>(); set => Members.Set(value); }
    public string dash { get => Members.Get<string>(); set => Members.Set(value); }
    public double smoothing { get => Members.Get<double>(); set => Members.Set(value); }
    public object colorscale { get => Members.Get<object>(); set => Members.Set(value); }
    public double cmin { get => Members.Get<double>(); set => Members.Set(value); }
    public double cmax { get => Members.Get<double>(); set => Members.Set(value); }
    public bool cauto { get => Members.Get<bool>(); set => Members.Set(value); }
    public bool reversescale { get => Members.Get<bool>(); set => Members.Set(value); }
}
