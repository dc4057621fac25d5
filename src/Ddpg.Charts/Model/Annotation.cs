#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Text, with an arrow or without, at a point of the chart.</summary>
public sealed class Annotation : IPlotlyObject
{
    internal Members Members { get; } = new(nameof(Annotation));

    Members IPlotlyObject.Members => Members;

    public string text { get => Members.Get<string>(); set => Members.Set(value); }
    public double textangle { get => Members.Get<double>(); set => Members.Set(value); }
    public Font font { get => Members.Get<Font>(); set => Members.Set(value); }
    public double opacity { get => Members.Get<double>(); set => Members.Set(value); }
    public object align { get => Members.Get<object>(); set => Members.Set(value); }
    public string bgcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public string bordercolor { get => Members.Get<string>(); set => Members.Set(value); }
    public double borderpad { get => Members.Get<double>(); set => Members.Set(value); }
    public double borderwidth { get => Members.Get<double>(); set => Members.Set(value); }
    public bool showarrow { get => Members.Get<bool>(); set => Members.Set(value); }
    public string arrowcolor { get => Members.Get<string>(); set => Members.Set(value); }
    public int arrowhead { get => Members.Get<int>(); set => Members.Set(value); }
    public double arrowsize { get => Members.Get<double>(); set => Members.Set(value); }
    public double arrowwidth { get => Members.Get<double>(); set => Members.Set(value); }
    public object axref { get => Members.Get<object>(); set => Members.Set(value); }
    public double ax { get => Members.Get<double>(); set => Members.Set(value); }
    public object ayref { get => Members.Get<object>(); set => Members.Set(value); }
    public double ay { get => Members.Get<double>(); set => Members.Set(value); }
    public object xref { get => Members.Get<object>(); set => Members.Set(value); }
    public object x { get => Members.Get<object>(); set => Members.Set(value); }
    public object xanchor { get => Members.Get<object>(); set => Members.Set(value); }
    public object yref { get => Members.Get<object>(); set => Members.Set(value); }
    public object y { get => Members.Get<object>(); set => Members.Set(value); }
    public object yanchor { get => Members.Get<object>(); set => Members.Set(value); }
}
