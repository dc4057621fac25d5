#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>How points, bars or boxes are drawn.</summary>
public sealed class Marker : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Marker));

    Members IPlotlyObject.Members => Members;

    public object symbol { get => Members.Get<object>(); set => Members.Set(value); }
    public object opacity { get => Members.Get<object>(); set => Members.Set(value); }
    public object size { get => Members.Get<object>(); set => Members.Set(value); }
    public object color { get => Members.Get<object>(); set => Members.Set(value); }
    public object colorscale { get => Members.Get<object>(); set => Members.Set(value); }
    public bool cauto { get => Members.Get<bool>(); set => Members.Set(value); }
    public double cmax { get => Members.Get<double>(); set => Members.Set(value); }
    public double cmin { get => Members.Get<double>(); set => Members.Set(value); }
    public bool reversescale { get => Members.Get<bool>(); set => Members.Set(value); }
    public bool showscale { get => Members.Get<bool>(); set => Members.Set(value); }
    public Line line { get => Members.Get<Line>(); set => Members.Set(value); }
    public Colorbar colorbar { get => Members.Get<Colorbar>(); set => Members.Set(value); }
    public double sizeref { get => Members.Get<double>(); set => Members.Set(value); }
    public double sizemin { get => Members.Get<double>(); set => Members.Set(value); }
    public object sizemode { get => Members.Get<object>(); set => Members.Set(value); }
    public string outliercolor { get => Members.Get<string>(); set => Members.Set(value); }
}
