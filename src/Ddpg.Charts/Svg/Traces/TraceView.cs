using System.Globalization;

namespace Ddpg.Charts;

/// <summary>A trace on a pair of axes. Order of calls: <see cref="Register"/> on all traces, <see cref="Extend"/> on all traces, then drawing.</summary>
internal abstract class TraceView(Members members, Axis x, Axis y, string colour)
{
    public Members Members => members;

    public Axis X => x;

    public Axis Y => y;

    public string Colour => colour;

    public string Name => members.Text("name") ?? "";

    public double Opacity => Math.Clamp(members.Number("opacity") ?? 1, 0, 1);

    public virtual bool InLegend => members.Flag("showlegend") ?? true;

    /// <summary>The scale of colours that stands beside the plot, if the trace has one.</summary>
    public virtual ColourBar? ColourBar => null;

    /// <summary>Tells the axes which categories there are.</summary>
    public abstract void Register();

    /// <summary>Tells the axes what they must show.</summary>
    public abstract void Extend();

    /// <summary>What lies beneath every trace of the plot: areas.</summary>
    public virtual void DrawBeneath(SvgText svg, IReadOnlyList<TraceView> all)
    {
    }

    public abstract void Draw(SvgText svg);

    /// <summary>The sample in the legend, 26 pixels wide, centred on <paramref name="middle"/>.</summary>
    public virtual void DrawSample(SvgText svg, double left, double middle) =>
        svg.Empty("rect", ("x", SvgText.Number(left + 5)), ("y", SvgText.Number(middle - 6)), ("width", "16"), ("height", "12"), ("fill", SampleFill), ("opacity", OpacityText));

    /// <summary>A sentence for readers who cannot see the chart.</summary>
    public abstract string Describe();

    protected virtual string SampleFill => colour;

    protected string? OpacityText => Opacity < 1 ? SvgText.Ratio(Opacity) : null;

    protected string Label(string kind) => Name.Length > 0 ? $"{new RichText(Name).Plain} ({kind})" : char.ToUpper(kind[0], CultureInfo.InvariantCulture) + kind[1..];

    /// <summary>The positions of the points along an axis: the data, or x0 + index·dx.</summary>
    protected static Column ColumnOrSteps(Members members, string name, int count)
    {
        if (members.Raw(name) is not (null or string)) return Column.From(members.Raw(name));
        return Column.Counted(members.Number(name + "0") ?? 0, members.Number("d" + name) ?? 1, count);
    }
}
