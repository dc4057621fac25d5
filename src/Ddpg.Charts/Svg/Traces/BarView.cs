namespace Ddpg.Charts;

/// <summary>Bars, upright or lying; histograms are bars whose heights were counted.</summary>
internal class BarView(Members members, Axis x, Axis y, string colour) : TraceView(members, x, y, colour)
{
    private readonly Column _colours = Column.From(members.Child("marker").Raw("color"));
    private Column _valueColumn = Column.Empty;

    public bool IsLying { get; } = members.Text("orientation") == "h";

    /// <summary>The axis along which the bars stand side by side.</summary>
    public Axis PositionAxis => IsLying ? Y : X;

    public Axis ValueAxis => IsLying ? X : Y;

    /// <summary>The middles of the bars, in the axis's coordinate, before <see cref="BarArrangement"/> puts groups side by side.</summary>
    public double[] Positions { get; protected set; } = [];

    public double[] Values { get; protected set; } = [];

    /// <summary>Where each bar starts: zero, or the top of the bar that it is stacked on.</summary>
    public double[] Bases { get; set; } = [];

    /// <summary>Distance of neighbouring positions; for histograms the width of a bin.</summary>
    public virtual double? Pitch => null;

    /// <summary>The room from one position to the next.</summary>
    public double Slot { get; set; } = 1;

    public double Offset { get; set; }

    public double BarWidth { get; set; } = 0.8;

    protected override string SampleFill => Paint(0);

    private Column PositionColumn { get; set; } = Column.Empty;

    public override void Register()
    {
        _valueColumn = Column.From(Members.Raw(IsLying ? "x" : "y"));
        PositionColumn = ColumnOrSteps(Members, IsLying ? "y" : "x", _valueColumn.Count);
        PositionAxis.Register(PositionColumn);
        ValueAxis.Register(_valueColumn);
    }

    /// <summary>Makes positions and values; call when all traces are registered, before <see cref="BarArrangement"/>.</summary>
    public virtual void Prepare()
    {
        Positions = PositionAxis.Convert(PositionColumn);
        Values = _valueColumn.Numbers;
        Bases = new double[Values.Length];
    }

    public override void Extend()
    {
        for (int index = 0; index < Math.Min(Positions.Length, Values.Length); index++)
        {
            PositionAxis.Include(Positions[index] - Slot / 2, roomy: false);
            PositionAxis.Include(Positions[index] + Slot / 2, roomy: false);
            ValueAxis.IncludeFromZero(ValueAxis.Convert(Bases[index] + Values[index]), roomy: true);
            ExtendByError(index);
        }
    }

    public override void Draw(SvgText svg)
    {
        Members marker = Members.Child("marker"), line = marker.Child("line");
        double opacity = Opacity * (marker.Number("opacity") ?? 1);
        svg.Open("g", ("opacity", opacity < 1 ? SvgText.Ratio(opacity) : null), ("stroke", line.Number("width") > 0 ? line.Text("color") ?? Theme.Text : OutlineColour),
            ("stroke-width", line.Number("width") is > 0 and var width ? SvgText.Number(width) : OutlineColour is null ? null : "1"));
        for (int index = 0; index < Math.Min(Positions.Length, Values.Length); index++)
        {
            if (Place(index) is not { } bar) continue;
            svg.Empty("rect", ("x", SvgText.Number(bar.X)), ("y", SvgText.Number(bar.Y)), ("width", SvgText.Number(bar.Width)), ("height", SvgText.Number(bar.Height)), ("fill", Paint(index)));
        }
        svg.Close("g");
        DrawErrors(svg);
        DrawTexts(svg);
    }

    public override string Describe() => Values.Length == 0
        ? $"{Label("bars")}, none."
        : $"{Label("bars")}: {Values.Length}, lowest {NumberText.Brief(Values.Min())}, highest {NumberText.Brief(Values.Max())}.";

    protected virtual string? OutlineColour => null;

    private ErrorBars Errors => new(Members.Child(IsLying ? "error_x" : "error_y"), IsLying);

    private string Paint(int index) => _colours.Texts is { } texts && index < texts.Length ? texts[index]
        : index < _colours.Numbers.Length ? ColourRange.Of(Members.Child("marker"), _colours.Numbers, "cmin", "cmax").Colour(_colours.Numbers[index]).Hex
        : Members.Child("marker").Text("color") ?? Colour;

    private void ExtendByError(int index)
    {
        if (!Errors.Exist || index >= Values.Length) return;
        (double low, double high) = Errors.Ends(Values, index);
        ValueAxis.IncludeFromZero(ValueAxis.Convert(Bases[index] + low), roomy: true);
        ValueAxis.IncludeFromZero(ValueAxis.Convert(Bases[index] + high), roomy: true);
    }

    private Rect? Place(int index)
    {
        double from = PositionAxis.Pixel(Positions[index] + Offset - BarWidth / 2), to = PositionAxis.Pixel(Positions[index] + Offset + BarWidth / 2);
        double foot = ValueAxis.Kind == AxisKind.Log && Bases[index] <= 0 ? ValueAxis.PixelLow : ValueAxis.Pixel(ValueAxis.Convert(Bases[index]));
        double head = ValueAxis.Pixel(ValueAxis.Convert(Bases[index] + Values[index]));
        if (!double.IsFinite(from + to + foot + head)) return null;
        (double low, double side) = (Math.Min(from, to), Math.Abs(to - from));
        (double start, double length) = (Math.Min(foot, head), Math.Abs(head - foot));
        return IsLying ? new Rect(start, low, length, side) : new Rect(low, start, side, length);
    }

    private void DrawErrors(SvgText svg)
    {
        double[] middles = [.. Positions.Select(position => position + Offset)];
        double[] ends = [.. Values.Zip(Bases, (value, foot) => value + foot)];
        if (IsLying) Errors.Draw(svg, this, ends, middles, Theme.Muted);
        else Errors.Draw(svg, this, middles, ends, Theme.Muted);
    }

    private void DrawTexts(SvgText svg)
    {
        Column column = Column.From(Members.Raw("text"));
        string[] texts = column.Texts ?? [.. column.Numbers.Select(NumberText.Brief)];
        for (int index = 0; index < Math.Min(texts.Length, Math.Min(Positions.Length, Values.Length)); index++)
        {
            if (Place(index) is not { } bar) continue;
            bool negative = Values[index] < 0;
            if (IsLying) new RichText(texts[index]).Draw(svg, negative ? bar.X - 4 : bar.Right + 4, bar.Y + bar.Height / 2 + 4, new TextStyle(11, Anchor: negative ? "end" : "start"));
            else new RichText(texts[index]).Draw(svg, bar.X + bar.Width / 2, negative ? bar.Bottom + 13 : bar.Y - 4, new TextStyle(11, Anchor: "middle"));
        }
    }
}
