#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>A font.</summary>
public sealed class Font : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Font));

    Members IPlotlyObject.Members => Members;

    public string family { get => Members.Get<string>(); set => Members.Set(value); }
    public double size { get => Members.Get<double>(); set => Members.Set(value); }
    public string color { get => Members.Get<string>(); set => Members.Set(value); }
}
