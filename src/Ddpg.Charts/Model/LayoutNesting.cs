#nullable disable // as upstream: any member may be left unset

namespace XPlot.Plotly;

/// <summary>Holds <see cref="Layout"/>; reached as <c>Layout.Layout</c> through <see cref="XPlot.Plotly.Layout"/>.</summary>
/// <remarks>Upstream nests a type in another of the same name, which C# cannot declare (CS0542) but lets a derived class inherit.
/// This class is the one public name here that upstream lacks.</remarks>
public abstract class LayoutNesting
{
    private protected LayoutNesting()
    {
    }

    /// <summary>Title, axes, legend and everything else around the data.</summary>
    public sealed class Layout : IPlotlyObject
    {
        internal Members Members { get; } = new("Layout");

        Members IPlotlyObject.Members => Members;

        public Font font { get => Members.Get<Font>(); set => Members.Set(value); }
        public string title { get => Members.Get<string>(); set => Members.Set(value); }
        public Font titlefont { get => Members.Get<Font>(); set => Members.Set(value); }
        public object autosize { get => Members.Get<object>(); set => Members.Set(value); }
        public double width { get => Members.Get<double>(); set => Members.Set(value); }
        public double height { get => Members.Get<double>(); set => Members.Set(value); }
        public Margin margin { get => Members.Get<Margin>(); set => Members.Set(value); }
        public string paper_bgcolor { get => Members.Get<string>(); set => Members.Set(value); }
        public string plot_bgcolor { get => Members.Get<string>(); set => Members.Set(value); }
        public string separators { get => Members.Get<string>(); set => Members.Set(value); }
        public object dragmode { get => Members.Get<object>(); set => Members.Set(value); }
        public object hovermode { get => Members.Get<object>(); set => Members.Set(value); }
        public bool showlegend { get => Members.Get<bool>(); set => Members.Set(value); }
        public Xaxis xaxis { get => Members.Get<Xaxis>(); set => Members.Set(value); }
        public Xaxis xaxis2 { get => Members.Get<Xaxis>(); set => Members.Set(value); }
        public Yaxis yaxis { get => Members.Get<Yaxis>(); set => Members.Set(value); }
        public Yaxis yaxis2 { get => Members.Get<Yaxis>(); set => Members.Set(value); }
        public Scene scene { get => Members.Get<Scene>(); set => Members.Set(value); }
        public Legend legend { get => Members.Get<Legend>(); set => Members.Set(value); }
        public IEnumerable<Annotation> annotations { get => Members.Get<IEnumerable<Annotation>>(); set => Members.Set(value); }
        public IEnumerable<Shape> shapes { get => Members.Get<IEnumerable<Shape>>(); set => Members.Set(value); }
        public string barmode { get => Members.Get<string>(); set => Members.Set(value); }
        public double bargap { get => Members.Get<double>(); set => Members.Set(value); }
        public double bargroupgap { get => Members.Get<double>(); set => Members.Set(value); }
        public string boxmode { get => Members.Get<string>(); set => Members.Set(value); }
    }
}
