using Ddpg.Kernel.Formatting;

namespace Ddpg.Kernel.Tests.Formatting;

public sealed class DisplayTests : IDisposable
{
    private const string Source = """
        class ShapeFormatterSource
        {
            public IEnumerable<object> CreateTypeFormatters() => [new F("application/vnd.test+json", "{\"a\":1}"), new F("image/svg+xml", "<svg/>")];
            class F(string mime, string text) { public string MimeType => mime; public bool Format(object value, System.IO.TextWriter writer) { writer.Write(text); return true; } }
        }
        [AttributeUsage(AttributeTargets.Class)]
        class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute { public Type FormatterSourceType { get; } = formatterSourceType; public string[] PreferredMimeTypes { get; set; } }
        [TypeFormatterSource(typeof(ShapeFormatterSource), PreferredMimeTypes = new[] { "image/svg+xml" })]
        class Shape { }
        class Square : Shape { }
        """;

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Objects_and_lists_are_tables_with_a_short_text_beside_them()
    {
        MimeBundle table = (await _fixture.Run("new[] { new { X = 1, Y = \"<a>\" }, new { X = 2, Y = (string)null } }")).Result;
        Assert.Equal(
            "<table><thead><tr><th><i>index</i></th><th>X</th><th>Y</th></tr></thead><tbody><tr><td>0</td><td>1</td><td>&lt;a&gt;</td></tr>"
            + "<tr><td>1</td><td>2</td><td>&lt;null&gt;</td></tr></tbody></table>", table["text/html"]);
        Assert.Equal("[{ X = 1, Y = <a> }, { X = 2, Y =  }]", table["text/plain"]);
        Assert.Equal(
            "<table><thead><tr><th>name</th><th>value</th></tr></thead><tbody><tr><td>A</td><td>1.5</td></tr></tbody></table>",
            (await _fixture.Run("new { A = 1.5 }")).Result["text/html"]);
        Assert.Contains("<td>0</td><td>3</td>", (await _fixture.Run("new List<int> { 3 }")).Result["text/html"]);
        Assert.Contains("<td>k</td><td>7</td>", (await _fixture.Run("new Dictionary<string, int> { [\"k\"] = 7 }")).Result["text/html"]);
        Assert.Equal("<i>(empty)</i>", (await _fixture.Run("new int[0]")).Result["text/html"]);
    }

    [Fact]
    public async Task Long_endless_deep_and_circular_values_end()
    {
        MimeBundle many = (await _fixture.Run("Enumerable.Range(0, 1000).ToList()")).Result;
        Assert.EndsWith("<i>(980 more)</i>", many["text/html"]);
        Assert.EndsWith("19, …]", many["text/plain"]);
        Assert.EndsWith("<i>(more)</i>", (await _fixture.Run("IEnumerable<int> Endless() { while (true) yield return 1; }\nEndless()")).Result["text/html"]);
        Assert.Contains("<td>Self</td><td>Node</td>", (await _fixture.Run("class Node { public Node Self => this; public int Bad => throw new Exception(\"no\"); }\nnew Node()")).Result["text/html"]);
        Assert.Contains("Exception: no", (await _fixture.Run("new Node()")).Result["text/html"]);
    }

    [Fact]
    public async Task A_type_with_words_of_its_own_is_text()
    {
        MimeBundle bundle = (await _fixture.Run("class Said { public override string ToString() => \"said\"; }\nnew Said()")).Result;
        Assert.Equal([new("text/plain", "said")], bundle);
        Assert.NotNull((await _fixture.Run("record Point(int X);\nnew Point(1)")).Result["text/html"]);
    }

    [Fact]
    public async Task Display_html_and_update_reach_the_output()
    {
        RecordingOutput output = await _fixture.Run("""
            var shown = display(HTML("<b>0</b>"), "text/html");
            shown.Update(HTML("<b>1</b>"));
            "encoded <i>".Display("text/html");
            "# md".DisplayAs("text/markdown");
            new[] { 1, 2 }.DisplayTable();
            CSS("p{}"); Javascript("f()");
            42.Display();
            display(null)
            """);
        Assert.Equal("<b>0</b>", output.Displays[0].Bundle["text/html"]);
        Assert.Equal((output.Displays[0].Id, "<b>1</b>"), (output.Updates[0].Id, output.Updates[0].Bundle["text/html"]));
        Assert.Equal("<div class=\"dni-plaintext\"><pre>encoded &lt;i&gt;</pre></div>", output.Displays[1].Bundle["text/html"]);
        Assert.Equal([new("text/markdown", "# md")], output.Displays[2].Bundle);
        Assert.Contains("<td>0</td><td>1</td>", output.Displays[3].Bundle["text/html"]);
        Assert.Equal("<style>p{}</style>", output.Displays[4].Bundle["text/html"]);
        Assert.Equal("<script type=\"text/javascript\">f()</script>", output.Displays[5].Bundle["text/html"]);
        Assert.Equal([new("text/plain", "42")], output.Displays[6].Bundle);
        Assert.Equal("<null>", output.Displays[7].Bundle["text/plain"]);
        Assert.Empty(output.Results);

        RecordingOutput later = await _fixture.Run("shown.Update(HTML(\"<b>2</b>\")); (shown.IsUpdated, shown.FormattedValues.Single().Value)");
        Assert.Equal(output.Displays[0].Id, output.Updates[^1].Id);
        Assert.Equal("(True, <b>2</b>)", later.Result["text/plain"]);
    }

    [Fact]
    public async Task Formatters_can_be_registered_and_preferred()
    {
        await _fixture.Run("""
            using Microsoft.DotNet.Interactive.Formatting;
            class Money { public int Cents; }
            Formatter.Register<Money>(m => $"{m.Cents / 100.0:F2} €");
            Formatter.Register<Money>((m, writer) => writer.Write($"<b>{m.Cents}</b>"), "text/html");
            """);
        MimeBundle bundle = (await _fixture.Run("new Money { Cents = 250 }")).Result;
        Assert.Equal("<b>250</b>", bundle["text/html"]);
        Assert.Equal("2.50 €", bundle["text/plain"]);
        Assert.Equal([new("text/plain", "2.50 €")], (await _fixture.Run("Formatter.SetPreferredMimeTypesFor(typeof(Money), \"text/plain\"); new Money { Cents = 250 }")).Result);
        Assert.Equal("2.50 €", (await _fixture.Run("new Money { Cents = 250 }.ToDisplayString()")).Result["text/plain"]);

        using var other = new SessionFixture();
        await other.Run("class Money { public int Cents; }");
        Assert.Contains("<table>", (await other.Run("new Money()")).Result["text/html"]);
    }

    [Fact]
    public async Task Every_mime_type_of_a_formatter_source_is_in_one_bundle_the_preferred_first()
    {
        await _fixture.Run(Source);
        foreach (string code in (string[])["new Shape()", "new Square()"])
        {
            MimeBundle bundle = (await _fixture.Run(code)).Result;
            Assert.Equal(["image/svg+xml", "application/vnd.test+json", "text/plain"], bundle.Select(entry => entry.Key));
            Assert.Equal("{\"a\":1}", bundle["application/vnd.test+json"]);
            Assert.Equal(1, (int)bundle.ToJson()["application/vnd.test+json"]!["a"]!);
        }
    }

    [Fact]
    public async Task An_exception_of_a_formatter_is_an_error_of_the_cell()
    {
        await _fixture.Run("class Bad { public override string ToString() => throw new InvalidOperationException(\"cannot say\"); }");
        Assert.Equal("cannot say", (await _fixture.Fail("new Bad()")).Error.Message);
    }

    [Fact]
    public async Task A_crash_of_a_background_thread_leaves_the_kernel_alive()
    {
        var output = new RecordingOutput();
        await _fixture.Session.ExecuteAsync("new System.Threading.Thread(() => throw new InvalidOperationException(\"in the background\")).Start();", output, CancellationToken.None);
        for (int wait = 0; wait < 500 && output.StandardError.Length == 0; wait++)
            await Task.Delay(10);
        Assert.Contains("Unhandled exception on a background thread: System.InvalidOperationException: in the background", output.StandardError);
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }
}
