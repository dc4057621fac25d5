#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>One series of a chart.</summary>
public abstract class Trace : IPlotlyObject
{
    private protected Trace() => Members = new Members(GetType().Name);

    internal Members Members { get; }

    Members IPlotlyObject.Members => Members;

    public string name { get => Members.Get<string>(); set => Members.Set(value); }
}
