#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Where the names of the traces stand.</summary>
public sealed class Legend : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Legend));

    Members IPlotlyObject.Members => Members;

    public string bgcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public string bordercolor { get => Members.Get<string>(); set => Members.Set(value); }
    public double borderwidth { get => Members.Get<double>(); set => Members.Set(value); }
    public Font font { get => Members.Get<Font>(); set => Members.Set(value); }
    public string traceorder { get => Members.Get<string>(); set => Members.Set(value); }
    public string orientation { get => Members.Get<string>(); set => Members.Set(value); }
    public double x { get => Members.Get<double>(); set => Members.Set(value); }
    public object xanchor { get => Members.Get<object>(); set => Members.Set(value); }
    public double y { get => Members.Get<double>(); set => Members.Set(value); }
    public object yanchor { get => Members.Get<object>(); set => Members.Set(value); }
}
