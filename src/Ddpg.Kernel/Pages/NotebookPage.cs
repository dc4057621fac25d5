using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Pages;

/// <summary>An executed notebook as one HTML file that needs nothing else, not even a network; or as a page of a book.</summary>
/// <param name="notebook">The notebook, with its outputs.</param>
/// <param name="name">The file's name without extension: the title where there is no heading.</param>
/// <param name="plotlyScript">plotly.js, to be embedded once (a book has it in a file); null shows charts as static pictures.</param>
/// <param name="folder">Where relative pictures are.</param>
/// <param name="place">The page's place in a book; null for a page of its own.</param>
internal sealed partial class NotebookPage(Notebook notebook, string name, string? plotlyScript, string folder, BookPlace? place = null)
{
    private readonly MarkdownHtml _markdown = new(folder, place?.Folder);
    private bool _hasFigure;

    /// <summary>The headings of the page, once it is rendered.</summary>
    internal IReadOnlyList<PageHeading> Headings => _markdown.Headings;

    internal string Render()
    {
        var body = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.IsMarkdown) body.Append("<section>\n").Append(_markdown.Render(cell)).Append("</section>\n");
            else if (cell.IsCode) AppendCode(body, cell);
        }

        string title = WebUtility.HtmlEncode(notebook.Title ?? name);
        bool draws = _hasFigure && plotlyScript is not null;
        string made = WebUtility.HtmlEncode(name);
        if (place is not null)
        {
            body.Append(place.Turns).Append(CultureInfo.InvariantCulture, $"<footer>Made from <code>{made}</code> by <code>ddpg-kernel book</code>.</footer>\n");
            return Frame(title, place.Head, place.Header + Contents(), body.ToString(), place.Scripts(draws));
        }

        body.Append(CultureInfo.InvariantCulture, $"<footer>Made from the notebook <code>{made}.ipynb</code> by <code>ddpg-kernel run</code>.</footer>\n");
        string scripts = draws ? $"<script>{ForScript(plotlyScript!)}</script>\n<script>\n{Resource("page.js")}</script>\n" : "";
        return Frame(title, $"<style>\n{Resource("page.css")}</style>\n", Contents(), body.ToString(), scripts);
    }

    /// <summary>What every page is: a head, what stands beside the text, the text, and scripts. All of it HTML.</summary>
    internal static string Frame(string title, string head, string beside, string main, string scripts) =>
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + $"<title>{title}</title>\n{head}</head>\n<body>\n{beside}<main>\n{main}</main>\n{scripts}</body>\n</html>\n";

    private string Contents()
    {
        List<PageHeading> headings = [.. _markdown.Headings.Where(heading => heading.Level >= 2)];
        if (headings.Count == 0) return "";
        var page = new StringBuilder("<nav aria-label=\"Contents\"><details open><summary>Contents</summary><ol>\n");
        foreach (PageHeading heading in headings)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"level{heading.Level}\"><a href=\"#{heading.Id}\">{WebUtility.HtmlEncode(heading.Text)}</a></li>\n");
        return page.Append("</ol></details></nav>\n").ToString();
    }

    private void AppendCode(StringBuilder body, NotebookCell cell)
    {
        if (cell.Source.Length == 0 && cell.Outputs.Count == 0) return;
        body.Append("<div class=\"cell\">\n<pre class=\"code\"><code>").Append(CSharpHtml.Highlight(cell.Source)).Append("</code></pre>\n");
        if (cell.Outputs.Count > 0)
        {
            body.Append("<div class=\"outputs\">\n");
            foreach (JsonObject output in cell.Outputs.OfType<JsonObject>())
                AppendOutput(body, output);
            body.Append("</div>\n");
        }

        body.Append("</div>\n");
    }

    private void AppendOutput(StringBuilder body, JsonObject output)
    {
        switch (NotebookText.Of(output["output_type"]))
        {
            case "stream":
                body.Append(CultureInfo.InvariantCulture, $"<pre class=\"{(NotebookText.Of(output["name"]) == "stderr" ? "stderr" : "stdout")}\">{Text(NotebookText.Join(output["text"]))}</pre>\n");
                break;
            case "error":
                string traceback = string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(NotebookText.Join));
                if (traceback.Length == 0) traceback = $"{NotebookText.Join(output["ename"])}: {NotebookText.Join(output["evalue"])}";
                body.Append("<div class=\"error\"><pre>").Append(Text(traceback)).Append("</pre></div>\n");
                break;
            default:
                if (output["data"] is JsonObject data) AppendData(body, data);
                break;
        }
    }

    private void AppendData(StringBuilder body, JsonObject data)
    {
        string? Of(string mimeType) => data[mimeType] is { } content ? NotebookText.Join(content) : null;
        string? still = Of("image/svg+xml") is { } svg ? Inline(svg) : Of("image/png") is { } png ? $"<img alt=\"\" src=\"data:image/png;base64,{png}\">" : null;
        if (data[PlotlyScript.MimeType] is { } figure && (plotlyScript is not null || still is not null))
        {
            _hasFigure = true;
            body.Append("<div class=\"figure\"><div class=\"still\">").Append(still).Append("</div>");
            // The serialiser writes < as an escape, so that no text of the figure can end the element.
            if (plotlyScript is not null) body.Append("<script type=\"application/json\">").Append(figure.ToJsonString()).Append("</script>");
            body.Append("</div>\n");
        }
        else if (Of("text/html") is { } html) body.Append("<div>").Append(html).Append("</div>\n");
        else if (still is not null) body.Append("<div>").Append(still).Append("</div>\n");
        else if (Of("text/markdown") is { } markdown) body.Append("<div>").Append(_markdown.Render(markdown)).Append("</div>\n");
        else if (Of("text/latex") is { } latex) body.Append("<div>").Append(MathMl.Of(latex.Trim('$'), isDisplay: true)).Append("</div>\n");
        else if (Of("text/plain") is { } text) body.Append("<pre>").Append(Text(text)).Append("</pre>\n");
    }

    /// <summary>An SVG as part of the page: the XML declaration has no place inside HTML.</summary>
    private static string Inline(string svg) => svg.StartsWith("<?xml", StringComparison.Ordinal) ? svg[(svg.IndexOf("?>", StringComparison.Ordinal) + 2)..] : svg;

    private static string Text(string text) => WebUtility.HtmlEncode(Ansi().Replace(text, ""));

    /// <summary>A script element ends at the first end tag in its text, wherever it stands.</summary>
    private static string ForScript(string script) => script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal);

    internal static string Resource(string file)
    {
        using Stream stream = typeof(NotebookPage).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]")]
    private static partial Regex Ansi();
}
