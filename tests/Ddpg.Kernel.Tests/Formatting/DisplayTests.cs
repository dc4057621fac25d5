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
        [TypeFormatterSource(typeof(ShapeFormatterSource), PreferredMimeTypes = new[] { "image/svg+xml", "application/vnd.test+json" })]
        class Shape { }
        class Square : Shape { }
        """;

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Values_are_shown_as_in_dotnet_interactive_with_plain_text_beside_the_html()
    {
        MimeBundle number = (await _fixture.Run("40 + 2")).Result;
        Assert.Equal([new("text/html", "<div class=\"dni-plaintext\"><pre>42</pre></div>"), new("text/plain", "42")], number);
        MimeBundle members = (await _fixture.Run("new { A = 1.5, B = \"<a>\", C = (string)null }")).Result;
        Assert.StartsWith("<details open=\"open\" class=\"dni-treeview\"><summary>", members["text/html"]);
        Assert.Contains("<tr><td>A</td><td><div class=\"dni-plaintext\"><pre>1.5</pre></div></td></tr>", members["text/html"]);
        Assert.Contains("&lt;a&gt;", members["text/html"]);
        Assert.DoesNotContain("<style>", members["text/html"]);
        Assert.EndsWith("A: 1.5\n      B: <a>\n      C: <null>", members["text/plain"]!.ReplaceLineEndings("\n"));
        Assert.Contains("<td>0</td>", (await _fixture.Run("new[] { new { X = 1 } }")).Result["text/html"]);
        Assert.Contains("<pre>k</pre>", (await _fixture.Run("new Dictionary<string, int> { [\"k\"] = 7 }")).Result["text/html"]);
        Assert.Equal("[ 3, 4 ]", (await _fixture.Run("new List<int> { 3, 4 }")).Result["text/plain"]);
        Assert.Equal([new("text/plain", "text")], (await _fixture.Run("\"text\"")).Result);
    }

    [Fact]
    public async Task Null_data_tables_and_read_only_lists_can_be_read()
    {
        Assert.Equal("<null>", (await _fixture.Run("null")).Result["text/plain"]);
        Assert.Equal("[ 1.5, 2 ]", (await _fixture.Run("(IReadOnlyList<double>)new[] { 1.5, 2 }")).Result["text/plain"]);
        MimeBundle table = (await _fixture.Run("""
            var table = new System.Data.DataTable(); table.Columns.Add("a", typeof(double)); table.Columns.Add("b");
            table.Rows.Add(1.5, "<x>"); table.Rows.Add(2, null);
            table
            """)).Result;
        Assert.Equal("<table><tr><th>a</th><th>b</th></tr><tr><td>1.5</td><td>&lt;x&gt;</td></tr><tr><td>2</td><td>&lt;null&gt;</td></tr></table>", table["text/html"]);
        Assert.Equal("a  b\n1.5  <x>\n2  <null>\n", table["text/plain"]);
        Assert.EndsWith("(5 more)\n", (await _fixture.Run("for (int i = 0; i < 23; i++) table.Rows.Add(i, \"\");\ntable")).Result["text/plain"]);
    }

    [Fact]
    public async Task Long_endless_deep_and_circular_values_end()
    {
        Assert.EndsWith("18, 19 ... (980 more) ]", (await _fixture.Run("Enumerable.Range(0, 1000).ToList()")).Result["text/plain"]);
        Assert.Contains("... (more) ]", (await _fixture.Run("IEnumerable<int> Endless() { while (true) yield return 1; }\nEndless()")).Result["text/html"]);
        MimeBundle circle = (await _fixture.Run("class Node { public Node Self => this; public int Bad => throw new Exception(\"no\"); }\nnew Node()")).Result;
        Assert.Contains("<td>Self</td>", circle["text/html"]);
        Assert.Contains("System.Exception: no", circle["text/html"]);
    }

    [Fact]
    public async Task A_type_with_words_of_its_own_heads_its_members_with_them() =>
        Assert.Contains("<code>said</code>", (await _fixture.Run("class Said { public int X = 1; public override string ToString() => \"said\"; }\nnew Said()")).Result["text/html"]);

    [Fact]
    public async Task A_registered_formatter_applies_inside_of_lists_and_members()
    {
        await _fixture.Run("using Microsoft.DotNet.Interactive.Formatting;\nrecord Pt(int X, int Y);\nFormatter.Register<Pt>(p => $\"<b>({p.X}|{p.Y})</b>\", \"text/html\");");
        Assert.Equal("<b>(1|2)</b>", (await _fixture.Run("new Pt(1, 2)")).Result["text/html"]);
        Assert.Contains("<td><b>(3|4)</b></td>", (await _fixture.Run("new[] { new Pt(3, 4) }")).Result["text/html"]);
        string members = (await _fixture.Run("new { P = new Pt(5, 6), L = new List<Pt> { new(7, 8) } }")).Result["text/html"]!;
        Assert.Contains("<td><b>(5|6)</b></td>", members);
        Assert.Contains("<td><b>(7|8)</b></td>", members);
    }

    [Fact]
    public async Task What_a_cell_sees_are_the_packages_own_types()
    {
        Assert.Equal("Microsoft.DotNet.Interactive Microsoft.DotNet.Interactive.Formatting Microsoft.AspNetCore.Html.Abstractions", (await _fixture.Run("""
            using Microsoft.DotNet.Interactive; using Microsoft.DotNet.Interactive.Formatting;
            string.Join(' ', new[] { KernelInvocationContext.Current.GetType(), display(1).GetType(), HTML("").GetType().GetInterfaces()[0] }.Select(type => type.Assembly.GetName().Name))
            """)).Result["text/plain"]);
        Assert.Equal("<p class=\"a\">b</p>", (await _fixture.Run("using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;\np[@class: \"a\"](\"b\")")).Result["text/html"]);
        Assert.Equal("csharp", (await _fixture.Run("Microsoft.DotNet.Interactive.Kernel.Current.Name")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_cell_can_submit_code_and_values_to_the_kernels()
    {
        RecordingOutput output = await _fixture.Run("""
            using Microsoft.DotNet.Interactive.Commands;
            await Microsoft.DotNet.Interactive.Kernel.Root.SendAsync(new SubmitCode("int inner = 20; inner * 2"));
            await Microsoft.DotNet.Interactive.Kernel.Root.SendAsync(new SubmitCode("<i>x</i>", "html"));
            await Microsoft.DotNet.Interactive.Kernel.Root.SendAsync(new SendValue("sent", new List<int> { 7 }, targetKernelName: "csharp"));
            """);
        Assert.Equal("40", output.Result["text/plain"]);
        Assert.Equal("<i>x</i>", Assert.Single(output.Displays).Bundle["text/html"]);
        Assert.Equal("27", (await _fixture.Run("inner + sent[0]")).Result["text/plain"]);
    }

    /// <summary>Upstream's display, Display, DisplayAs and DisplayTable return an object with another display id than they show.</summary>
    [Theory]
    [InlineData("display(1)")]
    [InlineData("1.Display()")]
    [InlineData("new[] { 1 }.Display(\"text/html\")")]
    [InlineData("\"1\".DisplayAs(\"text/html\")")]
    [InlineData("((Microsoft.DotNet.Interactive.Formatting.PocketView)Microsoft.DotNet.Interactive.Formatting.PocketViewTags.p(1)).Display()")]
    [InlineData("Microsoft.DotNet.Interactive.KernelInvocationContext.Current.Display(1)")]
    [InlineData("Microsoft.DotNet.Interactive.KernelInvocationContext.Current.DisplayAs(\"1\", \"text/html\")")]
    public async Task An_update_replaces_what_was_shown_in_later_cells_too(string display)
    {
        RecordingOutput output = await _fixture.Run($"var other = display(0); var shown = {display}; shown.Update(2); shown.Update(3);");
        string id = output.Displays[1].Id;
        Assert.Equal([id, id], output.Updates.Select(update => update.Id));
        Assert.Equal("<div class=\"dni-plaintext\"><pre>3</pre></div>", output.Updates[1].Bundle["text/html"]);
        Assert.Equal(id, Assert.Single((await _fixture.Run("shown.Update(4);")).Updates).Id);
        Assert.NotEqual(id, Assert.Single((await _fixture.Run("other.Update(4);")).Updates).Id);
    }

    [Fact]
    public async Task A_table_is_updated_by_another_sequence()
    {
        RecordingOutput output = await _fixture.Run("var table = new[] { new { X = 1 } }.DisplayTable(); table.Update(new[] { new { X = 25 } });");
        Assert.Equal(output.Displays.Single().Id, output.Updates.Single().Id);
        Assert.Contains("25", output.Updates.Single().Bundle["text/html"]);
    }

    [Fact]
    public async Task Display_html_and_update_reach_the_output()
    {
        RecordingOutput output = await _fixture.Run("""
            var shown = display(HTML("<b>0</b>"), "text/html");
            shown.Update(HTML("<b>1</b>"));
            "encoded <i>".Display("text/html");
            "# md".DisplayAs("text/markdown");
            new[] { new { X = 1 } }.DisplayTable();
            CSS("p{}"); Javascript("f()");
            42.Display();
            display(null)
            """);
        Assert.Equal("<b>0</b>", output.Displays[0].Bundle["text/html"]);
        Assert.Equal((output.Displays[0].Id, "<b>1</b>"), (output.Updates[0].Id, output.Updates[0].Bundle["text/html"]));
        Assert.Equal("<div class=\"dni-plaintext\"><pre>encoded &lt;i&gt;</pre></div>", output.Displays[1].Bundle["text/html"]);
        Assert.Equal([new("text/markdown", "# md")], output.Displays[2].Bundle);
        Assert.Contains("<td><span>X</span></td>", output.Displays[3].Bundle["text/html"]);
        Assert.Contains("var css = `p{}`", output.Displays[4].Bundle["text/html"]);
        Assert.Equal("<script type=\"text/javascript\">f()</script>", output.Displays[5].Bundle["text/html"]);
        Assert.Equal("42", output.Displays[6].Bundle["text/plain"]);
        Assert.Equal("<null>", output.Displays[7].Bundle["text/plain"]);
        Assert.Empty(output.Results);

        RecordingOutput later = await _fixture.Run("shown.Update(HTML(\"<b>2</b>\")); (shown.IsUpdated, shown.FormattedValues.Single().Value)");
        Assert.Equal(output.Displays[0].Id, output.Updates[^1].Id);
        Assert.Equal("( True, <b>2</b> )", later.Result["text/plain"]);
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
    public async Task All_preferred_mime_types_of_a_formatter_source_are_in_one_bundle()
    {
        await _fixture.Run(Source);
        foreach (string code in (string[])["new Shape()", "new Square()"])
        {
            MimeBundle bundle = (await _fixture.Run(code)).Result;
            Assert.Equal(["image/svg+xml", "application/vnd.test+json"], bundle.Select(entry => entry.Key));
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
