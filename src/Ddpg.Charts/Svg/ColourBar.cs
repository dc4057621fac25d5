namespace Ddpg.Charts;

/// <summary>A scale of colours to be drawn beside the plot.</summary>
internal sealed record ColourBar(ColourRange Range, Members Options)
{
    private const double FontSize = 12;

    public double Thickness => Options.Number("thickness") ?? 14;

    private RichText? Title => Options.Title is { } title ? new RichText(title) : null;

    private bool TitleOnTop => Options.Child("title").Text("side") == "top";

    /// <summary>The room it takes beside the plot.</summary>
    public double Width(double height)
    {
        double labels = Ticks(height).Max(tick => (double?)TextMetrics.Width(tick.Label, FontSize)) ?? 0;
        double beside = Thickness + 8 + labels;
        if (Title is null) return beside + 6;
        return TitleOnTop ? Math.Max(beside, Title.Width(FontSize)) + 6 : beside + 12 + Title.Height(FontSize);
    }

    public void Draw(SvgText svg, string id, double left, double top, double height)
    {
        double length = height * Math.Clamp(Options.Number("len") ?? 1, 0.05, 1);
        top += (height - length) / 2;
        double titleRoom = Title is not null && TitleOnTop ? Title.Height(FontSize) + 4 : 0;
        if (titleRoom > 0) Title!.Draw(svg, left, top + FontSize, new TextStyle(FontSize));
        (top, length) = (top + titleRoom, length - titleRoom);
        svg.Open("linearGradient", ("id", id), ("x1", "0"), ("y1", "1"), ("x2", "0"), ("y2", "0"));
        for (int stop = 0; stop <= 16; stop++)
            svg.Empty("stop", ("offset", SvgText.Ratio(stop / 16.0)), ("stop-color", Range.Scale.At(stop / 16.0).Hex));
        svg.Close("linearGradient");
        svg.Empty("rect", ("x", SvgText.Number(left)), ("y", SvgText.Number(top)), ("width", SvgText.Number(Thickness)), ("height", SvgText.Number(length)), ("fill", $"url(#{id})"));
        double widest = 0;
        foreach (Tick tick in Ticks(length))
        {
            double y = top + length * (1 - Range.Part(tick.Position));
            svg.Open("g", ("class", "ax"), ("stroke", Theme.Axis)).Line(left + Thickness, y, left + Thickness + 4, y).Close("g");
            new RichText(tick.Label).Draw(svg, left + Thickness + 7, y + FontSize * 0.35, new TextStyle(FontSize, "mu"));
            widest = Math.Max(widest, TextMetrics.Width(tick.Label, FontSize));
        }
        if (Title is not null && !TitleOnTop)
            Title.Draw(svg, left + Thickness + 8 + widest + 10, top + length / 2, new TextStyle(FontSize, Anchor: "middle", Rotation: 90));
    }

    private IReadOnlyList<Tick> Ticks(double height)
    {
        var axis = new Axis("y", Options);
        axis.Include(Range.Low, roomy: false);
        axis.Include(Range.High, roomy: false);
        axis.Settle(Math.Max(1, height), 0);
        return axis.Ticks;
    }
}
