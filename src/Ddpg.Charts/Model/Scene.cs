#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>A three-dimensional plot.</summary>
public sealed class Scene : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Scene));

    Members IPlotlyObject.Members => Members;

    public string bgcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public Camera camera { get => Members.Get<Camera>(); set => Members.Set(value); }
    public Domain domain { get => Members.Get<Domain>(); set => Members.Set(value); }
    public object aspectmode { get => Members.Get<object>(); set => Members.Set(value); }
    public Aspectratio aspectratio { get => Members.Get<Aspectratio>(); set => Members.Set(value); }
    public Xaxis xaxis { get => Members.Get<Xaxis>(); set => Members.Set(value); }
    public Yaxis yaxis { get => Members.Get<Yaxis>(); set => Members.Set(value); }
    public Zaxis zaxis { get => Members.Get<Zaxis>(); set => Members.Set(value); }
}
