#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Bins along y.</summary>
public sealed class Ybins : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Ybins));

    Members IPlotlyObject.Members => Members;

    public double start { get => Members.Get<double>(); set => Members.Set(value); }
    public double end { get => Members.Get<double>(); set => Members.Set(value); }
    public object size { get => Members.Get<object>(); set => Members.Set(value); }
}
