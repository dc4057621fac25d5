using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Pages;

/// <summary>
/// A folder of notebooks as a book to read: a page of each, and of its Markdown files, with a contents page, previous and next, and a search over all headings. It
/// works from a folder, without a server or a network; styles, scripts and plotly.js are in it once.
/// </summary>
internal sealed class Book
{
    private readonly string _folder;
    private readonly string _title;
    private readonly List<Chapter> _chapters;

    private sealed record Chapter(string File, PageLink Link, Notebook Notebook);

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">With notebooks, in it or in the folders in it.</param>
    /// <param name="title">The book's title; null for the folder's name.</param>
    /// <exception cref="NotebookException">There is no such folder, no notebook in it, or one that cannot be read.</exception>
    internal Book(string folder, string? title)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(_folder)) throw new NotebookException($"{folder}: there is no such folder.");
        // The folder's own notebooks, those of the folders in it, and then the Markdown files that they link to.
        _chapters = [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(_folder, file).Replace('\\', '/')))
            .Where(entry => Path.GetExtension(entry.Path).ToLowerInvariant() is ".ipynb" or ".md" && !entry.Path.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(entry => IsMarkdown(entry.Path)).ThenBy(entry => entry.Path.Count(c => c == '/')).ThenBy(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => Load(entry.File, entry.Path))];
        if (_chapters.All(chapter => IsMarkdown(chapter.File))) throw new NotebookException($"{folder}: there is no notebook in it.");
        _title = title ?? Path.GetFileName(_folder);
    }

    /// <summary>Whether plotly.js has something to draw.</summary>
    internal bool NeedsPlotly => _chapters.Any(chapter => PlotlyScript.IsNeededBy(chapter.Notebook));

    /// <summary>Writes the book; other files of the folder stay.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="plotlyScript">plotly.js; null shows charts as static pictures.</param>
    /// <returns>The number of pages beside the contents.</returns>
    internal int Write(string output, string? plotlyScript)
    {
        var headings = new List<(PageLink Link, IReadOnlyList<PageHeading> Headings)>();
        for (int index = 0; index < _chapters.Count; index++)
        {
            Chapter chapter = _chapters[index];
            BookPlace place = new(_title, _folder, chapter.Link.Path, Neighbour(index, -1), Neighbour(index, +1));
            var page = new NotebookPage(chapter.Notebook, Path.GetFileName(chapter.File), plotlyScript, Path.GetDirectoryName(chapter.File)!, place);
            Save(chapter.Link.Path, page.Render());
            headings.Add((chapter.Link, page.Headings));
        }

        Save("index.html", Contents(headings));
        Save($"{BookPlace.Assets}/book.css", NotebookPage.Resource("page.css") + NotebookPage.Resource("book.css"));
        Save($"{BookPlace.Assets}/book.js", NotebookPage.Resource("book.js"));
        Save($"{BookPlace.Assets}/headings.js", SearchIndex(headings));
        if (plotlyScript is not null)
        {
            Save($"{BookPlace.Assets}/page.js", NotebookPage.Resource("page.js"));
            Save($"{BookPlace.Assets}/plotly.min.js", plotlyScript);
        }

        return _chapters.Count;

        void Save(string path, string content) => AtomicFile.Write(Path.Combine(output, path), Encoding.UTF8.GetBytes(content));
    }

    private static Chapter Load(string file, string path)
    {
        Notebook notebook = IsMarkdown(path) ? Notebook.Parse(new JsonObject
        {
            ["cells"] = new JsonArray(new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = File.ReadAllText(file) }),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        }.ToJsonString(), file) : Notebook.Load(file);
        return new(file, new PageLink(Path.ChangeExtension(path, ".html"), notebook.Title ?? Path.GetFileNameWithoutExtension(path)), notebook);
    }

    private static bool IsMarkdown(string path) => Path.GetExtension(path).Equals(".md", StringComparison.OrdinalIgnoreCase);

    // A reader who turns pages stays among those of one kind: a chapter is not followed by the first solution.
    private PageLink? Neighbour(int index, int step) =>
        _chapters.ElementAtOrDefault(index + step) is { } other && index + step >= 0 && Group(other) == Group(_chapters[index]) ? other.Link : null;

    private static string Group(Chapter chapter) =>
        IsMarkdown(chapter.File) ? "Notes" : Path.GetDirectoryName(chapter.Link.Path) is { Length: > 0 } folder ? char.ToUpperInvariant(folder[0]) + folder[1..] : "";

    private string Contents(List<(PageLink Link, IReadOnlyList<PageHeading> Headings)> pages)
    {
        BookPlace place = new(_title, _folder, "index.html", null, _chapters[0].Link);
        var body = new StringBuilder($"<h1>{WebUtility.HtmlEncode(_title)}</h1>\n");
        foreach (IGrouping<string, int> group in Enumerable.Range(0, pages.Count).GroupBy(index => Group(_chapters[index])))
        {
            if (group.Key.Length > 0) body.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(group.Key)}</h2>\n");
            body.Append("<ol class=\"chapters\">\n");
            foreach (int index in group)
            {
                (PageLink link, IReadOnlyList<PageHeading> headings) = pages[index];
                body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{place.Href(link)}\">{WebUtility.HtmlEncode(link.Title)}</a>");
                PageHeading[] parts = [.. headings.Where(heading => heading.Level == 2)];
                if (parts.Length > 0) body.Append("<details><summary>Parts</summary><ol>");
                foreach (PageHeading part in parts) body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{place.Href(link)}#{part.Id}\">{WebUtility.HtmlEncode(part.Text)}</a></li>");
                body.Append(parts.Length > 0 ? "</ol></details></li>\n" : "</li>\n");
            }

            body.Append("</ol>\n");
        }

        return NotebookPage.Frame(WebUtility.HtmlEncode(_title), place.Head, place.Header, body.Append(place.Turns).ToString(), place.Scripts(draws: false));
    }

    // A script and not a file of data: a page that is opened from a folder may not read other files.
    private static string SearchIndex(List<(PageLink Link, IReadOnlyList<PageHeading> Headings)> pages) => "const bookHeadings = " + JsonSerializer.Serialize(pages.Select(page => new
    {
        url = string.Join('/', page.Link.Path.Split('/').Select(Uri.EscapeDataString)),
        title = page.Link.Title,
        headings = page.Headings.Select(heading => new[] { heading.Id, heading.Text }),
    })) + ";\n";
}
