#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>The font of the text at points.</summary>
public sealed class Textfont : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Textfont));

    Members IPlotlyObject.Members => Members;

    public string family { get => Members.Get<string>(); set => Members.Set(value); }
    public double size { get => Members.Get<double>(); set => Members.Set(value); }
    public string color { get => Members.Get<string>(); set => Members.Set(value); }
}
