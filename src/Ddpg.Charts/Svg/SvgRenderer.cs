using System.Globalization;

namespace Ddpg.Charts;

/// <summary>Draws a chart as a static SVG picture. The same chart gives the same bytes on every machine.</summary>
internal static class SvgRenderer
{
    // Stands for the id while the body is made: the id is derived from the body. No user's text holds this private-use character.
    private const string IdMark = "\uE0FF";

    public static string Render(PlotlyFigure chart)
    {
        var figure = new Figure(chart);
        var page = new PageLayout(figure, chart.PixelWidth, chart.PixelHeight);
        var body = new SvgText();
        DrawPlots(body, figure, page);
        DrawRest(body, figure, page);
        DrawSurroundings(body, figure, page);
        return Frame(page, figure, body.ToString(), chart.PixelWidth);
    }

    private static void DrawPlots(SvgText svg, Figure figure, PageLayout page)
    {
        var axes = new AxisView(page);
        if (figure.Layout.Text("plot_bgcolor") is { } background)
            foreach ((Axis x, Axis y) in figure.Plots.Where(plot => !plot.Y.IsOverlay))
                Box(svg, page.Area(x, y), ("fill", background));
        bool coloured = figure.Views.Any(view => view is HeatmapView);
        if (!coloured)
            foreach (Axis axis in figure.UsedAxes)
                axes.DrawGrid(svg, axis);
        var notes = new NoteView(figure, page);
        int clip = 0;
        foreach ((Axis x, Axis y) in figure.Plots)
        {
            string id = $"{IdMark}-c{clip++}";
            svg.Open("clipPath", ("id", id));
            Box(svg, page.Area(x, y));
            svg.Close("clipPath").Open("g", ("clip-path", $"url(#{id})"));
            TraceView[] views = [.. figure.Views.Where(view => view.X == x && view.Y == y)];
            foreach (TraceView view in views)
                view.DrawBeneath(svg, views);
            foreach (TraceView view in views)
                view.Draw(svg);
            svg.Close("g");
        }
        foreach (Members shape in figure.Layout.Items("shapes"))
            notes.DrawShape(svg, shape);
        foreach (Axis axis in figure.UsedAxes)
            axes.Draw(svg, axis);
        foreach (Members note in figure.Layout.Items("annotations"))
            notes.DrawAnnotation(svg, note);
    }

    private static void DrawRest(SvgText svg, Figure figure, PageLayout page)
    {
        if (figure.Undrawn.Count == 0) return;
        var note = new RichText($"{string.Join(", ", figure.Undrawn.Select(Figure.Kind).Distinct())}: drawn by plotly only");
        note.Draw(svg, page.Plot.X + page.Plot.Width / 2, page.Plot.Y + page.Plot.Height / 2, new TextStyle(Theme.FontSize, "mu", "middle", Halo: true));
    }

    private static void DrawSurroundings(SvgText svg, Figure figure, PageLayout page)
    {
        page.Title?.Draw(svg, page.Plot.X, 14 + page.TitleStyle.Size, page.TitleStyle);
        if (!page.Legend.IsEmpty)
        {
            double left = page.Legend.IsBeside ? page.Plot.Right + 16 : page.Plot.X + page.Legend.Width > page.Plot.Right ? 14 : page.Plot.X;
            page.Legend.Draw(svg, page.Plot, left, page.Legend.IsBeside ? page.Plot.Y : page.LegendTop);
        }
        double at = page.Plot.Right + 14;
        for (int index = 0; index < page.ColourBars.Count; index++)
        {
            ColourBar bar = page.ColourBars[index];
            bool between = bar.Options.Number("x") is < 1;
            bar.Draw(svg, $"{IdMark}-s{index}", between ? page.Plot.X + bar.Options.Number("x")!.Value * page.Plot.Width : at, page.Plot.Y, page.Plot.Height);
            if (!between) at += bar.Width(page.Plot.Height) + 14;
        }
    }

    private static string Frame(PageLayout page, Figure figure, string body, int pixelWidth)
    {
        (string width, string height) = (pixelWidth.ToString(CultureInfo.InvariantCulture), SvgText.Number(page.Height));
        (string title, string text) = Description.Of(figure, page.Title);
        string id = ContentId.Of($"{body}{width}x{height}");
        string? paper = figure.Layout.Text("paper_bgcolor");
        Members font = figure.Layout.Child("font");
        var svg = new SvgText();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", width), ("height", height), ("viewBox", $"0 0 {width} {height}"),
            ("role", "img"), ("aria-labelledby", $"{id}-t {id}-d"), ("style", "max-width:100%;height:auto"));
        svg.Open("title", ("id", id + "-t")).Raw(SvgText.Escape(title)).Close("title");
        svg.Open("desc", ("id", id + "-d")).Raw(SvgText.Escape(text)).Close("desc");
        if (paper is null) svg.Open("style").Raw(Theme.DarkStyle(id)).Close("style");
        svg.Open("g", ("id", id), ("font-family", font.Text("family") ?? Theme.FontFamily), ("font-size", SvgText.Number(font.Number("size") ?? Theme.FontSize)));
        svg.Empty("rect", ("class", paper is null ? "bg" : null), ("width", width), ("height", height), ("fill", paper ?? Theme.Background));
        svg.Raw(body.Replace(IdMark, id, StringComparison.Ordinal)).Close("g").Close("svg");
        return svg.ToString();
    }

    private static void Box(SvgText svg, Rect area, params ReadOnlySpan<(string Name, string? Value)> more) =>
        svg.Empty("rect", [("x", SvgText.Number(area.X)), ("y", SvgText.Number(area.Y)), ("width", SvgText.Number(area.Width)), ("height", SvgText.Number(area.Height)), .. more]);
}
