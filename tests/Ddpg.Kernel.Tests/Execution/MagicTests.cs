using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

public sealed class MagicTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("#!csharp")]
    [InlineData("#!c#")]
    [InlineData("#!C#")]
    public async Task CSharp_has_three_names(string magic)
    {
        Assert.Equal("3", (await _fixture.Run($"{magic}\n1 + 2")).Result["text/plain"]);
    }

    [Theory]
    [InlineData("Console.Write(1);\n#!cs\n2", "#!cs", 2)]
    [InlineData("Console.Write(1);\n\n#!fsharp\n2", "#!fsharp", 3)]
    public async Task An_unknown_magic_fails_the_whole_cell_before_anything_runs(string code, string name, int line)
    {
        (CellError error, RecordingOutput output) = await _fixture.Fail(code);
        Assert.StartsWith($"({line},1): error: Unknown magic command '{name}'. This kernel knows #!", Assert.Single(error.Diagnostics));
        Assert.Equal((line, name), (error.Line, error.SourceLine));
        Assert.Equal("", output.StandardOutput);
    }

    [Fact]
    public async Task Languages_follow_each_other_in_one_cell()
    {
        RecordingOutput output = await _fixture.Run("var a = 1;\n#!html\n<b>bold</b>\n#!markdown\n# Title\n#!js\nalert(1)\n#!csharp\na + 1");
        Assert.Equal("<b>bold</b>", output.Displays[0].Bundle["text/html"]);
        Assert.Equal("# Title", output.Displays[1].Bundle["text/markdown"]);
        Assert.Equal("<script type=\"text/javascript\">alert(1)</script>", output.Displays[2].Bundle["text/html"]);
        Assert.Equal("2", output.Result["text/plain"]);
    }

    [Fact]
    public async Task Time_comes_after_the_result()
    {
        RecordingOutput output = await _fixture.Run("#!time\n1");
        Assert.Equal(["result", "display"], output.Order);
        Assert.Matches(@"^Wall time: \d+(\.\d+)?ms$", output.Displays[0].Bundle["text/plain"]!);
    }

    [Fact]
    public async Task Variables_are_listed()
    {
        await _fixture.Run("int count = 3; string name = \"x\";");
        await _fixture.Run("double count = 4.5;");
        Assert.Equal("count\nname\n", (await _fixture.Run("#!who")).Displays[0].Bundle["text/plain"]);
        RecordingOutput output = await _fixture.Run("#!whos");
        Assert.Equal("count  Double  4.5\nname  String  x\n", output.Displays[0].Bundle["text/plain"]);
        Assert.Contains("<td>Double</td>", output.Displays[0].Bundle["text/html"]);
    }

    [Fact]
    public async Task Values_are_stored_shared_and_set()
    {
        await _fixture.Run("#!value --name note\nsome \"text\"\n#!share note --from value");
        Assert.Equal("some \"text\"", (await _fixture.Run("note")).Result["text/plain"]);
        await _fixture.Run("#!set --name n --value 2.5\n#!set --name s --value \"two words\"\n#!set --name t --value @value:note");
        // A value that is written down is text with its quotes, as in .NET Interactive.
        Assert.Equal("2.5 \"two words\" some \"text\"", (await _fixture.Run("$\"{n} {s} {t}\"")).Result["text/plain"]);
        Assert.Contains("'nothing' not found", (await _fixture.Fail("#!share nothing --from value")).Error.Message);
        Assert.Contains("--value", (await _fixture.Fail("#!set --name n")).Error.Message);
    }

    [Fact]
    public async Task A_variable_is_shared_into_a_script()
    {
        RecordingOutput output = await _fixture.Run("var points = new[] { 1.5, 2 };\n#!javascript\n#!share points --from csharp --as p\nalert(p.length)");
        Assert.Equal(2, output.Displays.Count);
        Assert.Contains("p = [1.5,2]", output.Displays[0].Bundle["text/html"]);
        Assert.Contains("alert(p.length)", output.Displays[1].Bundle["text/html"]);
    }

    [Fact]
    public async Task Import_reads_scripts_notebooks_and_markup()
    {
        _fixture.Write("a.csx", "using System.IO;\n#!import b.csx\nint a = b + 1;");
        _fixture.Write("b.csx", "int b = 1;");
        _fixture.Write("c.cs", "class C { public int V = 7; }");
        _fixture.Write("d.dib", "#!meta\n{\"kernelInfo\":{}}\n#!markdown\n# Text\n#!csharp\nint d = 4;\n#!html\n<i>d</i>\n");
        _fixture.Write("e.ipynb", """{"cells":[{"cell_type":"markdown","source":"# no"},{"cell_type":"code","source":["int e = 5;\n","int f = 6;"]}],"metadata":{},"nbformat":4,"nbformat_minor":5}""");
        _fixture.Write("g.html", "<p>g</p>");
        _fixture.Write("h.js", "h()");
        RecordingOutput output = await _fixture.Run("#!import a.csx\n#!import \"c.cs\"\n#!import d.dib\n#!import e.ipynb\n#!import g.html\n#!import h.js\n$\"{a}{new C().V}{d}{e}{f} {Path.GetFileName(\"x/y\")}\"");
        Assert.Equal("27456 y", output.Result["text/plain"]);
        Assert.Equal(["# Text", "<i>d</i>", "<p>g</p>", "<script type=\"text/javascript\">h()</script>"], output.Displays.Select(display => display.Bundle["text/markdown"] ?? display.Bundle["text/html"]));
        Assert.Equal("2", (await _fixture.Run("a")).Result["text/plain"]);
    }

    [Theory]
    [InlineData("{", "bad JSON in line 1")]
    [InlineData("""{"cells":[],"nbformat":3}""", "nbformat 3 is not supported")]
    public async Task An_imported_notebook_that_is_none_is_named(string text, string message)
    {
        _fixture.Write("bad.ipynb", text);
        CellError error = (await _fixture.Fail("#!import bad.ipynb")).Error;
        Assert.StartsWith("bad.ipynb: ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task Errors_in_an_imported_file_name_the_file()
    {
        _fixture.Write("bad.csx", "int ok = 1;\nint bad = \"text\";");
        (CellError error, _) = await _fixture.Fail("#!import bad.csx");
        Assert.StartsWith("bad.csx(2,11): error CS0029", Assert.Single(error.Diagnostics));
        _fixture.Write("throws.csx", "\nthrow new Exception(\"from the file\");");
        Assert.Contains((await _fixture.Fail("#!import throws.csx")).Error.Traceback, line => line.EndsWith("in throws.csx, line 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_kit_names_the_command_that_builds_it()
    {
        (CellError error, RecordingOutput output) = await _fixture.Fail("// first cell\n#!import ../artifacts/kit/setup.csx");
        Assert.Contains("dotnet build -c Release src/Ddpg", error.Message);
        Assert.StartsWith("(2,1): error: #!import \"../artifacts/kit/setup.csx\": the file does not exist.", output.StandardError);
        Assert.DoesNotContain("dotnet build", (await _fixture.Fail("#!import other.csx")).Error.Message);
        Assert.Contains("circle", (await _fixture.Fail($"#!import {Path.GetFileName(_fixture.Write("self.csx", "#!import self.csx"))}")).Error.Message);
    }

    [Fact]
    public async Task Load_and_references_start_at_the_notebooks_folder()
    {
        _fixture.Write("part.csx", "int loaded = 12;");
        Assert.Equal("12", (await _fixture.Run("#load \"part.csx\"\nloaded")).Result["text/plain"]);
        Assert.Contains("CS0006", (await _fixture.Fail("#r \"missing.dll\"")).Error.Diagnostics[0]);
        Assert.Contains("CS7009", (await _fixture.Fail("int x = 1;\n#r \"missing.dll\"")).Error.Diagnostics[0]);
        Assert.Contains("CS1504", (await _fixture.Fail("#load \"missing.csx\"")).Error.Diagnostics[0]);
    }
}
