using System.Globalization;
using System.Net;
using System.Text;
using Ddpg.Environments;

namespace Ddpg.Viewing;

/// <summary>A few moments of an episode side by side, as SVG: for paper, and wherever no script runs.</summary>
internal static class FilmStrip
{
    private const double Gap = 10, CaptionHeight = 24, TitleHeight = 30, TotalWidth = 860;

    public static string Render(string id, string title, string description, DrawingBounds bounds, IReadOnlyList<EpisodeFrame> frames)
    {
        double aspect = (bounds.MaxX - bounds.MinX) / (bounds.MaxY - bounds.MinY);
        int count = Math.Min(frames.Count, aspect > 1.3 ? 4 : 5);
        double width = Math.Min(220, (TotalWidth - (count + 1) * Gap) / count), height = width / aspect;
        double total = count * (width + Gap) + Gap, tall = TitleHeight + height + CaptionHeight + Gap;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(total)}\" height=\"{N(tall)}\" viewBox=\"0 0 {N(total)} {N(tall)}\" role=\"img\" ");
        svg.Append(CultureInfo.InvariantCulture, $"aria-labelledby=\"{id}-t {id}-d\" font-family=\"'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif\" style=\"max-width:100%;height:auto\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{Html(title)}</title><desc id=\"{id}-d\">{Html(description)}</desc>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{N(total)}\" height=\"{N(tall)}\" fill=\"#ffffff\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(Gap)}\" y=\"20\" font-size=\"15\" font-weight=\"600\" fill=\"#2b2f36\">{Html(title)}</text>");
        for (int index = 0; index < count; index++)
        {
            EpisodeFrame frame = frames[count == 1 ? 0 : (int)Math.Round(index * (frames.Count - 1.0) / (count - 1))];
            double left = Gap + index * (width + Gap);
            svg.Append(CultureInfo.InvariantCulture, $"<svg x=\"{N(left)}\" y=\"{N(TitleHeight)}\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" overflow=\"hidden\">");
            svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{N(width)}\" height=\"{N(height)}\" fill=\"#f7f8fa\"/>");
            foreach (DrawnShape shape in frame.Shapes)
                Draw(svg, shape, bounds, width / (bounds.MaxX - bounds.MinX));
            svg.Append("</svg>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(left + width / 2)}\" y=\"{N(TitleHeight + height + 16)}\" font-size=\"12\" text-anchor=\"middle\" fill=\"#565d68\">step {frame.Step}</text>");
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>One moment as a picture of its own, for a film.</summary>
    /// <param name="bounds">What is seen.</param>
    /// <param name="frame">The moment.</param>
    /// <param name="pixels">Width; the height follows, and both are made even, because video codecs want that.</param>
    /// <param name="title">Written below, with the step and the return so far.</param>
    public static string Frame(DrawingBounds bounds, EpisodeFrame frame, int pixels, string title)
    {
        double scale = pixels / (bounds.MaxX - bounds.MinX), height = 2 * Math.Round((bounds.MaxY - bounds.MinY) * scale / 2);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{N(height + CaptionHeight)}\" viewBox=\"0 0 {pixels} {N(height + CaptionHeight)}\" font-family=\"'DejaVu Sans', sans-serif\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{pixels}\" height=\"{N(height + CaptionHeight)}\" fill=\"#f7f8fa\"/>");
        foreach (DrawnShape shape in frame.Shapes)
            Draw(svg, shape, bounds, scale);
        svg.Append(CultureInfo.InvariantCulture, $"<rect y=\"{N(height)}\" width=\"{pixels}\" height=\"{N(CaptionHeight)}\" fill=\"#ffffff\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"10\" y=\"{N(height + 16)}\" font-size=\"12\" fill=\"#2b2f36\">{Html(title)}: step {frame.Step}, return {frame.Return:0.0}</text>");
        return svg.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder svg, DrawnShape shape, DrawingBounds bounds, double scale)
    {
        string Point(double x, double y) => $"{N((x - bounds.MinX) * scale)} {N((bounds.MaxY - y) * scale)}";
        string paint = $"fill=\"{Html(shape.Kind == 'l' ? "none" : shape.Style.Fill)}\"";
        if (shape.Kind != 't' && shape.Style.Stroke != "none")
            paint += $" stroke=\"{Html(shape.Style.Stroke)}\" stroke-width=\"{(shape.Style.StrokeWidth * scale).ToString("0.##", CultureInfo.InvariantCulture)}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"";
        double[] numbers = shape.Numbers;
        string[] at = Point(numbers[0], numbers[1]).Split(' ');
        switch (shape.Kind)
        {
            case 'c':
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{at[0]}\" cy=\"{at[1]}\" r=\"{N(numbers[2] * scale)}\" {paint}/>");
                break;
            case 't':
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at[0]}\" y=\"{at[1]}\" font-size=\"{N(shape.Style.TextHeight * scale)}\" text-anchor=\"middle\" dominant-baseline=\"central\" {paint}>{Html(shape.Text)}</text>");
                break;
            default:
                string path = "M" + string.Join('L', numbers.Chunk(2).Where(pair => pair.Length == 2).Select(pair => Point(pair[0], pair[1])));
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}{(shape.Kind == 'p' ? "Z" : "")}\" {paint}/>");
                break;
        }
    }

    private static string N(double value)
    {
        double rounded = Math.Round(value, 1);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
