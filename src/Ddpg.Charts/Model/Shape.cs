#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>A line, rectangle, circle or path drawn on the chart.</summary>
public sealed class Shape : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Shape));

    Members IPlotlyObject.Members => Members;

    public object type { get => Members.Get<object>(); set => Members.Set(value); }
    public object xref { get => Members.Get<object>(); set => Members.Set(value); }
    public object x0 { get => Members.Get<object>(); set => Members.Set(value); }
    public object x1 { get => Members.Get<object>(); set => Members.Set(value); }
    public object yref { get => Members.Get<object>(); set => Members.Set(value); }
    public object y0 { get => Members.Get<object>(); set => Members.Set(value); }
    public object y1 { get => Members.Get<object>(); set => Members.Set(value); }
    public string path { get => Members.Get<string>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public Line line { get => Members.Get<Line>(); set => Members.Set(value); }
    public string fillcolor { get => Members.Get<string>(); set => Members.Set(value); }
}
