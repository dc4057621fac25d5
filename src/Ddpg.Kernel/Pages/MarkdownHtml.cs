using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Ddpg.Kernel.Pages;

/// <param name="Level">1 to 3.</param>
/// <param name="Id">The element's id.</param>
/// <param name="Text">Plain text.</param>
internal sealed record PageHeading(int Level, string Id, string Text);

/// <summary>Markdown cells as HTML: mathematics as MathML, pictures inside the page, links to notebooks as links to their pages.</summary>
/// <param name="folder">Where relative pictures and links start.</param>
/// <param name="book">The folder of which a book is made: its Markdown files have pages too; null where only notebooks have.</param>
internal sealed class MarkdownHtml(string folder, string? book = null)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseFootnotes().UseTaskLists().UseAutoLinks().UseEmphasisExtras().UseGenericAttributes()
        .UseMathematics().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    internal List<PageHeading> Headings { get; } = [];

    internal string Render(NotebookCell cell) => Render(cell.Source, cell.Attachments);

    internal string Render(string markdown, JsonObject? attachments = null)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>())
            AddHeading(heading);
        foreach (LinkInline link in document.Descendants<LinkInline>())
            link.Url = link.IsImage ? PictureUrl(link.Url, attachments) : PageUrl(link.Url);
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(existing => existing is HtmlMathInlineRenderer or HtmlMathBlockRenderer or CodeBlockRenderer);
        renderer.ObjectRenderers.Insert(0, new MathInlineRenderer());
        renderer.ObjectRenderers.Insert(0, new CodeRenderer());
        renderer.Render(document);
        return writer.ToString();
    }

    private void AddHeading(HeadingBlock heading)
    {
        const int DeepestInContents = 3;
        // Cells are rendered one by one, so equal headings of two cells would get equal ids.
        HtmlAttributes attributes = heading.GetAttributes();
        string id = attributes.Id ?? "section";
        for (int copy = 2; !_ids.Add(id); copy++)
            id = $"{attributes.Id ?? "section"}-{copy}";
        attributes.Id = id;
        string text = heading.Inline is null ? "" : string.Concat(heading.Inline.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            MathInline math => math.Content.ToString(),
            _ => "",
        }));
        if (heading.Level <= DeepestInContents) Headings.Add(new(heading.Level, id, text));
    }

    private string? PageUrl(string? url)
    {
        if (url is null || url.Contains("://", StringComparison.Ordinal)) return url;
        int fragment = url.IndexOf('#', StringComparison.Ordinal);
        string file = fragment < 0 ? url : url[..fragment];
        bool hasPage = file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) || (book is not null && file.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
            && Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(file))).StartsWith(book + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        return hasPage ? Path.ChangeExtension(file, ".html") + (fragment < 0 ? "" : url[fragment..]) : url;
    }

    private string? PictureUrl(string? url, JsonObject? attachments)
    {
        const string Attachment = "attachment:";
        if (url is null || url.Contains("://", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal)) return url;
        if (url.StartsWith(Attachment, StringComparison.Ordinal))
            return attachments?[Uri.UnescapeDataString(url[Attachment.Length..])] is JsonObject { Count: > 0 } bundle ? $"data:{bundle.First().Key};base64,{NotebookText.Join(bundle.First().Value)}" : url;
        string path = Path.Combine(folder, Uri.UnescapeDataString(url));
        string? type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".svg" => "image/svg+xml",
            ".webp" => "image/webp",
            _ => null,
        };
        return type is null || !File.Exists(path) ? url : $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
    }

    private sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) => renderer.Write(MathMl.Of(obj.Content.ToString(), isDisplay: obj.DelimiterCount > 1));
    }

    /// <summary>Display mathematics ($$ on lines of its own, which Markdig parses as a kind of code block) and fenced code.</summary>
    private sealed class CodeRenderer : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            string text = obj.Lines.ToString();
            string language = (obj as FencedCodeBlock)?.Info ?? "";
            renderer.EnsureLine();
            if (obj is MathBlock) renderer.Write(MathMl.Of(text, isDisplay: true));
            else if (language is "csharp" or "cs" or "c#") renderer.Write($"<pre class=\"code\"><code>{CSharpHtml.Highlight(text)}</code></pre>");
            else renderer.Write("<pre class=\"code\"><code>").WriteEscape(text).Write("</code></pre>");
            renderer.EnsureLine();
        }
    }
}
