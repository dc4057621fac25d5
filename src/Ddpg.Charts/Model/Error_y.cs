#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Vertical error bars.</summary>
public sealed class Error_y : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Error_y));

    Members IPlotlyObject.Members => Members;

    public bool visible { get => Members.Get<bool>(); set => Members.Set(value); }
    public object type { get => Members.Get<object>(); set => Members.Set(value); }
    public bool symmetric { get => Members.Get<bool>(); set => Members.Set(value); }
    public object array { get => Members.Get<object>(); set => Members.Set(value); }
    public object arrayminus { get => Members.Get<object>(); set => Members.Set(value); }
    public double value { get => Members.Get<double>(); set => Members.Set(value); }
    public double valueminus { get => Members.Get<double>(); set => Members.Set(value); }
    public string color { get => Members.Get<string>(); set => Members.Set(value); }
    public double thickness { get => Members.Get<double>(); set => Members.Set(value); }
    public double width { get => Members.Get<double>(); set => Members.Set(value); }
}
