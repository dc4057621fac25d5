using System.Net;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Commands;

namespace Ddpg.Kernel.Tests.Commands;

public sealed partial class BookCommandTests : IDisposable
{
    private const string Figure = """{"output_type":"display_data","metadata":{},"data":{"application/vnd.plotly.v1+json":{"data":[],"layout":{}},"image/svg+xml":"<svg></svg>"}}""";

    private readonly TemporaryFolder _folder = new("a book 測試");
    private readonly StringWriter _written = new(), _errors = new();

    public BookCommandTests()
    {
        // The cache in which plotly.js is looked for before npm is asked.
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".git"));
        string cache = Path.Combine(_folder.Path, "artifacts", "cache", "plotly.js-dist-min-4.1.2");
        Directory.CreateDirectory(cache);
        File.WriteAllText(Path.Combine(cache, "plotly.min.js"), "window.Plotly = 'the script';");
        Write("01-first one.ipynb", "# The first\n## A part & more\n[on](02-second.ipynb#again) [note](NOTES.md) [out](../README.md)\n## A part & more", Figure, Figure);
        Write("02-second.ipynb", "# The second\n## Again", Figure);
        Write("03-third.ipynb", "no heading here");
        Write("solutions/01-first one.ipynb", "# Solved\n[back](../01-first%20one.ipynb)");
        File.WriteAllText(Path.Combine(_folder.Path, "course", "NOTES.md"), "# Notes\nSee [the first](01-first%20one.ipynb).");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_pages_are_written_and_every_link_in_the_book_leads_somewhere()
    {
        await Run();
        string[] pages = [.. Directory.EnumerateFiles(Book, "*.html", SearchOption.AllDirectories).Select(page => Path.GetRelativePath(Book, page).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(["01-first one.html", "02-second.html", "03-third.html", "NOTES.html", "index.html", "solutions/01-first one.html"], pages);
        foreach (string page in pages)
        {
            string html = File.ReadAllText(Path.Combine(Book, page));
            foreach (string link in Links().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Where(link => link != "../README.md"))
            {
                string file = Uri.UnescapeDataString(link.Split('#')[0]), id = link.Contains('#', StringComparison.Ordinal) ? link.Split('#')[1] : "";
                string target = file.Length == 0 ? Path.Combine(Book, page) : Path.Combine(Book, Path.GetDirectoryName(page)!, file);
                Assert.True(File.Exists(target), $"{page} leads to {link}");
                Assert.True(id.Length == 0 || File.ReadAllText(target).Contains($"id=\"{id}\"", StringComparison.Ordinal), $"{page} leads to {link}");
            }
        }
    }

    [Fact]
    public async Task Plotly_and_the_styles_are_there_once_and_nothing_is_asked_of_a_network()
    {
        await Run();
        string[] files = [.. Directory.EnumerateFiles(Book, "*", SearchOption.AllDirectories)];
        Assert.Equal("plotly.min.js", Path.GetFileName(Assert.Single(files, file => File.ReadAllText(file).Contains("the script", StringComparison.Ordinal))));
        Assert.Equal("book.css", Path.GetFileName(Assert.Single(files, file => File.ReadAllText(file).Contains("box-sizing", StringComparison.Ordinal))));
        Assert.Contains("assets/plotly.min.js", Page("02-second.html"));
        Assert.DoesNotContain("plotly.min.js", Page("03-third.html"));
        Assert.All(files, file => Assert.DoesNotMatch("(?:src|href)=\"(?:https?:)?//", File.ReadAllText(file)));
    }

    [Fact]
    public async Task One_turns_the_pages_of_one_kind_and_finds_headings()
    {
        await Run();
        Assert.DoesNotContain("rel=\"prev\"", Page("01-first one.html"));
        Assert.Contains("<a rel=\"next\" href=\"02-second.html\"><small>Next</small>The second</a>", Page("01-first one.html"));
        Assert.Contains("<a rel=\"prev\" href=\"01-first%20one.html\">", Page("02-second.html"));
        Assert.Contains("<a rel=\"next\" href=\"03-third.html\"><small>Next</small>03-third</a>", Page("02-second.html"));
        // A chapter is not followed by the first solution, nor the last solution by the notes.
        Assert.DoesNotContain("rel=\"next\"", Page("03-third.html"));
        Assert.DoesNotContain("rel=\"next\"", Page("solutions/01-first one.html"));
        Assert.Contains("href=\"../assets/book.css\"", Page("solutions/01-first one.html"));
        string index = Page("index.html");
        Assert.Contains("<title>A course</title>", index);
        Assert.Contains("<a href=\"01-first%20one.html#a-part--more\">A part &amp; more</a>", index);
        Assert.True(index.IndexOf("The first", StringComparison.Ordinal) < index.IndexOf("03-third", StringComparison.Ordinal));
        Assert.Contains("<h2>Solutions</h2>", index);
        string headings = File.ReadAllText(Path.Combine(Book, "assets", "headings.js"));
        Assert.Contains("[\"again\",\"Again\"]", headings);
        Assert.Contains("\"url\":\"solutions/01-first%20one.html\",\"title\":\"Solved\"", headings);
    }

    [Fact]
    public async Task A_folder_that_is_none_or_has_no_notebook_is_an_error_that_names_it()
    {
        Assert.Equal(2, await BookCommand.RunAsync(Path.Combine(_folder.Path, "missing"), Book, null, _written, _errors));
        Assert.Contains("missing: there is no such folder", _errors.ToString());
        string empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;
        Assert.Equal(2, await BookCommand.RunAsync(empty, Book, null, _written, _errors));
        Assert.Contains("there is no notebook in it", _errors.ToString());
        File.WriteAllText(Path.Combine(empty, "bad.ipynb"), "{");
        Assert.Equal(2, await BookCommand.RunAsync(empty, Book, null, _written, _errors));
        Assert.Contains("bad.ipynb: not a notebook", _errors.ToString());
        Assert.False(Directory.Exists(Book));
    }

    private string Book => Path.Combine(_folder.Path, "the book");

    private string Page(string path) => File.ReadAllText(Path.Combine(Book, path));

    private async Task Run()
    {
        Assert.Equal(0, await BookCommand.RunAsync(Path.Combine(_folder.Path, "course"), Book, "A course", _written, _errors));
        Assert.Equal("", _errors.ToString());
        Assert.Contains("and 5 pages", _written.ToString());
    }

    private void Write(string path, string markdown, params string[] outputs)
    {
        string file = Path.Combine(_folder.Path, "course", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string code = $$"""{"id":"b","cell_type":"code","metadata":{},"execution_count":null,"source":"1","outputs":[{{string.Join(',', outputs)}}]}""";
        string source = System.Text.Json.JsonSerializer.Serialize(markdown);
        File.WriteAllText(file, $$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"id":"a","cell_type":"markdown","metadata":{},"source":{{source}}},{{code}}]}""");
    }

    [GeneratedRegex("(?:href|src)=\"([^\":]*)\"")]
    private static partial Regex Links();
}
