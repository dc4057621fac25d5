#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Where a scene is looked at from.</summary>
public sealed class Camera : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Camera));

    Members IPlotlyObject.Members => Members;

    public Up up { get => Members.Get<Up>(); set => Members.Set(value); }
    public Center center { get => Members.Get<Center>(); set => Members.Set(value); }
    public Eye eye { get => Members.Get<Eye>(); set => Members.Set(value); }
}
