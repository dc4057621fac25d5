namespace Ddpg.Charts;

/// <summary>Draws grids, axis lines, ticks, labels and axis titles.</summary>
internal sealed class AxisView(PageLayout page)
{
    public void DrawGrid(SvgText svg, Axis axis)
    {
        if (!(axis.Options.Flag("showgrid") ?? axis.Kind != AxisKind.Category) || axis.IsOverlay) return;
        Rect area = AreaOf(axis);
        svg.Open("g", ("class", axis.Options.Text("gridcolor") is null ? "gr" : null), ("stroke", axis.Options.Text("gridcolor") ?? Theme.Grid));
        foreach (Tick tick in axis.Ticks.Where(tick => !tick.Minor))
            Across(svg, axis, area, axis.Pixel(tick.Position));
        svg.Close("g");
        bool zeroInside = axis.Kind == AxisKind.Linear && Math.Min(axis.Low, axis.High) < 0 && Math.Max(axis.Low, axis.High) > 0;
        if (!zeroInside || axis.Options.Flag("zeroline") == false) return;
        svg.Open("g", ("class", axis.Options.Text("zerolinecolor") is null ? "ze" : null), ("stroke", axis.Options.Text("zerolinecolor") ?? Theme.ZeroLine));
        Across(svg, axis, area, axis.Pixel(0));
        svg.Close("g");
    }

    public void Draw(SvgText svg, Axis axis)
    {
        Rect area = AreaOf(axis);
        double at = axis.IsHorizontal ? (axis.IsFarSide ? area.Y : area.Bottom) : axis.IsFarSide ? area.Right : area.X;
        double outwards = axis.IsHorizontal == axis.IsFarSide ? -1 : 1;
        bool line = axis.Options.Flag("showline") != false, ticks = axis.Options.Text("ticks") != "";
        svg.Open("g", ("class", axis.Options.Text("linecolor") is null ? "ax" : null), ("stroke", axis.Options.Text("linecolor") ?? Theme.Axis));
        if (line && axis.IsHorizontal) svg.Line(area.X, at, area.Right, at);
        if (line && !axis.IsHorizontal) svg.Line(at, area.Y, at, area.Bottom);
        foreach (Tick tick in ticks ? axis.Ticks : [])
        {
            double place = axis.Pixel(tick.Position), length = (tick.Minor ? 2.5 : 4) * outwards;
            if (axis.IsHorizontal) svg.Line(place, at, place, at + length);
            else svg.Line(at, place, at + length, place);
        }
        svg.Close("g");
        if (axis.Options.Flag("showticklabels") != false) DrawLabels(svg, axis, at, outwards);
        DrawTitle(svg, axis, area, at, outwards);
    }

    private void DrawLabels(SvgText svg, Axis axis, double at, double outwards)
    {
        double angle = page.LabelAngle(axis);
        TextStyle usual = new TextStyle(PageLayout.TickSize, "mu").With(axis.Options.Child("tickfont"));
        foreach (Tick tick in axis.Ticks.Where(tick => tick.Label.Length > 0))
        {
            double place = axis.Pixel(tick.Position);
            TextStyle style = tick.Small ? usual with { Size = 0.75 * usual.Size } : usual;
            if (!axis.IsHorizontal)
                new RichText(tick.Label).Draw(svg, at + 7 * outwards, place + style.Size * 0.35, style with { Anchor = outwards < 0 ? "end" : "start" });
            else if (angle == 0)
                new RichText(tick.Label).Draw(svg, place, outwards > 0 ? at + 7 + style.Size * 0.85 : at - 8, style with { Anchor = "middle" });
            else
                new RichText(tick.Label).Draw(svg, place + style.Size * 0.3, at + 8 + style.Size * 0.6, style with { Anchor = angle < 0 ? "end" : "start", Rotation = angle });
        }
    }

    private void DrawTitle(SvgText svg, Axis axis, Rect area, double at, double outwards)
    {
        if (axis.Title is null) return;
        TextStyle style = new TextStyle(PageLayout.AxisTitleSize, Anchor: "middle").With(axis.Options.Child("title").Child("font"));
        double far = page.AxisRoom(axis);
        double height = axis.Title.Height(PageLayout.AxisTitleSize);
        if (axis.IsHorizontal)
            axis.Title.Draw(svg, area.X + area.Width / 2, outwards > 0 ? at + far - height + style.Size : at - far + style.Size, style);
        else if (outwards < 0)
            axis.Title.Draw(svg, at - far + style.Size, area.Y + area.Height / 2, style with { Rotation = -90 });
        else
            axis.Title.Draw(svg, at + far - style.Size, area.Y + area.Height / 2, style with { Rotation = 90 });
    }

    private Rect AreaOf(Axis axis)
    {
        Axis other = page.AnchorOf(axis);
        return axis.IsHorizontal ? page.Area(axis, other) : page.Area(other, axis);
    }

    private static void Across(SvgText svg, Axis axis, Rect area, double place)
    {
        if (axis.IsHorizontal) svg.Line(place, area.Y, place, area.Bottom);
        else svg.Line(area.X, place, area.Right, place);
    }
}
