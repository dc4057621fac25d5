using System.Globalization;
using System.Net;
using System.Text;

namespace Ddpg.Kernel.Pages;

/// <param name="Path">From the book's own folder, with slashes.</param>
/// <param name="Title">Plain text.</param>
internal sealed record PageLink(string Path, string Title);

/// <summary>Where a page stands in a book, and what a page has there instead of styles and scripts of its own.</summary>
/// <param name="Book">The book's title.</param>
/// <param name="Folder">The folder on disk that the book is made of: links to notebooks and Markdown files below it lead to pages.</param>
/// <param name="Path">The page's own path in the book.</param>
/// <param name="Previous">The page before; null for the first.</param>
/// <param name="Next">The page after; null for the last.</param>
internal sealed record BookPlace(string Book, string Folder, string Path, PageLink? Previous, PageLink? Next)
{
    internal const string Assets = "assets";

    /// <summary>From the page up to the book's folder: empty, or <c>../</c> for each folder.</summary>
    internal string Root { get; } = string.Concat(Enumerable.Repeat("../", Path.Count(c => c == '/')));

    /// <summary>What stands in the page's head.</summary>
    internal string Head => $"<link rel=\"stylesheet\" href=\"{Root}{Assets}/book.css\">\n<link rel=\"contents\" href=\"{Root}index.html\">\n"
        + (Previous is null ? "" : $"<link rel=\"prev\" href=\"{Href(Previous)}\">\n") + (Next is null ? "" : $"<link rel=\"next\" href=\"{Href(Next)}\">\n");

    /// <summary>The book's title and the search, which the script shows: without scripts there is none.</summary>
    internal string Header =>
        $"<header><a href=\"{Root}index.html\">{WebUtility.HtmlEncode(Book)}</a><div class=\"search\" role=\"search\" hidden data-root=\"{Root}\">"
        + "<input type=\"search\" placeholder=\"Search the headings\" aria-label=\"Search the headings\" autocomplete=\"off\"><p role=\"status\"></p><ol></ol></div></header>\n";

    /// <summary>The ways on, at the page's end.</summary>
    internal string Turns
    {
        get
        {
            var turns = new StringBuilder("<div class=\"turns\" role=\"navigation\" aria-label=\"Pages\">");
            if (Previous is not null) turns.Append(CultureInfo.InvariantCulture, $"<a rel=\"prev\" href=\"{Href(Previous)}\"><small>Previous</small>{WebUtility.HtmlEncode(Previous.Title)}</a>");
            if (Next is not null) turns.Append(CultureInfo.InvariantCulture, $"<a rel=\"next\" href=\"{Href(Next)}\"><small>Next</small>{WebUtility.HtmlEncode(Next.Title)}</a>");
            return turns.Append("</div>\n").ToString();
        }
    }

    /// <summary>The scripts of the page.</summary>
    /// <param name="draws">Whether plotly.js has something to draw on it.</param>
    internal string Scripts(bool draws) =>
        (draws ? $"<script src=\"{Root}{Assets}/plotly.min.js\"></script>\n<script src=\"{Root}{Assets}/page.js\"></script>\n" : "")
        + $"<script src=\"{Root}{Assets}/headings.js\"></script>\n<script src=\"{Root}{Assets}/book.js\"></script>\n";

    /// <summary>A link from this page to another, as an attribute's value.</summary>
    internal string Href(PageLink link) => WebUtility.HtmlEncode(Root + string.Join('/', link.Path.Split('/').Select(Uri.EscapeDataString)));
}
