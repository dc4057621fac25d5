using Ddpg.Kernel.Notebooks;
using Ddpg.Kernel.Pages;

namespace Ddpg.Kernel.Tests.Pages;

[Trait("Speed", "tiny")]
public sealed class NotebookPageTests
{
    private const string Figure = """{"output_type":"display_data","metadata":{},"data":{"application/vnd.plotly.v1+json":{"data":[],"layout":{"title":"</script><b>"}},"image/svg+xml":["<?xml version='1.0'?><svg>","</svg>"]}}""";

    [Fact]
    public void The_script_is_in_the_page_once_and_the_figures_cannot_end_it()
    {
        string page = Render($$"""{"cell_type":"code","source":"1","outputs":[{{Figure}},{{Figure}}]}""", "window.Plotly = '</script>';");
        Assert.Single(page.Split("window.Plotly").Skip(1));
        Assert.Contains("window.Plotly = '<\\/script>';", page);
        Assert.Contains("\\u003C/script", page);
        Assert.Equal(2, page.Split("<div class=\"still\"><svg></svg></div>").Length - 1);
    }

    [Fact]
    public void Without_the_script_the_still_picture_is_all()
    {
        string page = Render($$"""{"cell_type":"code","source":"1","outputs":[{{Figure}}]}""", null);
        Assert.Contains("<svg></svg>", page);
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public void A_page_without_charts_has_no_script() =>
        Assert.DoesNotContain("<script", Render("""{"cell_type":"code","source":"1","outputs":[]}""", "window.Plotly"));

    [Fact]
    public void Headings_make_the_contents_and_get_ids_of_their_own()
    {
        string page = Render("""{"cell_type":"markdown","source":"# Title\n## Part $x$\n## Part $x$"},{"cell_type":"markdown","source":"## Other `code`"}""", null);
        Assert.Contains("<title>Title</title>", page);
        Assert.Contains(">Part x</a>", page);
        Assert.Contains(">Other code</a>", page);
        string[] ids = [.. System.Text.RegularExpressions.Regex.Matches(page, "<h\\d id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public void Markdown_links_lead_to_pages_and_pictures_are_inside()
    {
        using var folder = new TemporaryFolder("pictures");
        File.WriteAllBytes(Path.Combine(folder.Path, "a b.png"), [1, 2, 3]);
        string page = Render("""{"cell_type":"markdown","source":"[next](01-mdp.ipynb#goal) [out](https://example.org/a.ipynb) ![alt](a%20b.png) ![pasted](attachment:p.png)","attachments":{"p.png":{"image/png":"QUJD"}}}""", null, folder.Path);
        Assert.Contains("href=\"01-mdp.html#goal\"", page);
        Assert.Contains("href=\"https://example.org/a.ipynb\"", page);
        Assert.Contains("src=\"data:image/png;base64,AQID\" alt=\"alt\"", page);
        Assert.Contains("src=\"data:image/png;base64,QUJD\"", page);
    }

    [Fact]
    public void Output_text_is_encoded_and_colour_codes_are_dropped()
    {
        string page = Render("""{"cell_type":"code","source":"1","outputs":[{"output_type":"stream","name":"stdout","text":["a <b> \u001b[31mred\u001b[0m"]},{"output_type":"error","ename":"E","evalue":"<v>","traceback":[]}]}""", null);
        Assert.Contains("a &lt;b&gt; red</pre>", page);
        Assert.Contains("E: &lt;v&gt;", page);
    }

    [Theory]
    [InlineData("int x = 1; // note", "<span class=\"k\">int</span> x = <span class=\"n\">1</span>; <span class=\"c\">// note</span>")]
    [InlineData("#!time\nvar a = \"<s>\";", "<span class=\"m\">#!time</span>\n<span class=\"k\">var</span> a = <span class=\"s\">&quot;&lt;s&gt;&quot;</span>;")]
    [InlineData("new Pendulum().Step(a)", "<span class=\"k\">new</span> <span class=\"t\">Pendulum</span>().<span class=\"f\">Step</span>(a)")]
    [InlineData("Console.Write(x);", "<span class=\"t\">Console</span>.<span class=\"f\">Write</span>(x);")]
    [InlineData("broken (", "<span class=\"f\">broken</span> (")]
    public void Code_is_coloured(string code, string expected) => Assert.Equal(expected, CSharpHtml.Highlight(code));

    private static string Render(string cells, string? script, string folder = ".") =>
        new NotebookPage(Notebook.Parse($$"""{"cells":[{{cells}}],"metadata":{},"nbformat":4,"nbformat_minor":5}"""), "name", script, folder).Render();
}
