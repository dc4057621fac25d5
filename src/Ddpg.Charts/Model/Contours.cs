#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Levels of a contour plot.</summary>
public sealed class Contours : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Contours));

    Members IPlotlyObject.Members => Members;

    public double start { get => Members.Get<double>(); set => Members.Set(value); }
    public double end { get => Members.Get<double>(); set => Members.Set(value); }
    public double size { get => Members.Get<double>(); set => Members.Set(value); }
    public object coloring { get => Members.Get<object>(); set => Members.Set(value); }
    public bool showlines { get => Members.Get<bool>(); set => Members.Set(value); }
}
