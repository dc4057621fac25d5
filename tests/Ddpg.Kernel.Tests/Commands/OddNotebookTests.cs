using System.Text.Json.Nodes;
using Ddpg.Kernel.Commands;
using Ddpg.Kernel.Notebooks;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Kernel.Tests.Commands;

/// <summary>Notebook files as other programs, editors and accidents leave them.</summary>
[Collection("current directory")]
public sealed class OddNotebookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("odd");
    private readonly StringWriter _terminal = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Refused => new()
    {
        { "empty", "", "bad JSON in line 1" },
        { "blank", "  \n ", "bad JSON" },
        { "a word", "hello", "bad JSON in line 1" },
        { "null", "null", "has no \"cells\"" },
        { "number", "7", "has no \"cells\"" },
        { "cells of text", "{\"cells\":\"x\",\"nbformat\":4}", "has no \"cells\"" },
        { "cell that is none", "{\"cells\":[7],\"nbformat\":4}", "has no \"cells\"" },
        { "kind that is a number", Cells("""{"cell_type":7,"source":""}"""), "has no \"cells\"" },
        { "nbformat as text", "{\"cells\":[],\"nbformat\":\"4\"}", "nbformat \"4\" is not supported" },
        { "nbformat of later", "{\"cells\":[],\"nbformat\":5}", "nbformat 5 is not supported" },
        { "no nbformat", "{\"cells\":[]}", "nbformat (none) is not supported" },
        { "source a number", Cells("""{"cell_type":"code","source":["1"]},{"cell_type":"code","source":7}"""), "the source of cell 2 is neither a text nor a list of lines" },
        { "source of numbers", Cells("""{"cell_type":"markdown","source":["1",2]}"""), "the source of cell 1 is neither" },
        { "half a character", Cells("""{"cell_type":"code","source":"\"\ud800\""}"""), "half of a character" },
        { "half a character in an output", Cells("""{"cell_type":"code","source":"1","outputs":[{"output_type":"stream","name":"stdout","text":["\udc00"]}]}"""), "half of a character" },
        { "a name twice", "{\"cells\":[],\"cells\":[],\"nbformat\":4}", "the same name twice" },
        { "cut off", Cells("""{"cell_type":"code","source":"1"}""")[..^9], "bad JSON" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_notebook_is_one_line_and_exit_code_2(string name, string content, string message)
    {
        string path = Write(name, content);
        Assert.Equal(2, await Run(path));
        string line = Assert.Single(_terminal.ToString().Trim().Split('\n'));
        Assert.StartsWith($"error: {path}: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line);
        StringWriter errors = new();
        Assert.Equal(2, await PageCommand.RunAsync([path], Output, TextWriter.Null, errors));
        Assert.Contains(message, Assert.Single(errors.ToString().Trim().Split('\n')));
        Assert.False(Directory.Exists(Output));
    }

    private static readonly string[] OddCells =
    [
        """{"cell_type":"code","source":"1 + 1"}""",
        """{"cell_type":"code","source":["Console.Write(\"a\");\n","2"],"metadata":null,"outputs":null,"execution_count":"x","id":7}""",
        """{"cell_type":"code","metadata":{"tags":[7,null,"raises-exception"],"polyglot_notebook":{"kernelName":3},"dotnet_interactive":[]},"source":"class E : Exception { public override string Message => null; } throw new E();","outputs":{}}""",
        """{"cell_type":"code","metadata":{"tags":["raises-exception"]},"source":"Console.WriteLine(\"half \\ud800\"); Console.Error.Write('\\udc00'); throw new Exception(\"\\udfff\");"}""",
        """{"cell_type":"code","metadata":{"tags":["skip-execution"]},"source":"9","outputs":[7,null,"x",[],{},{"output_type":"pyout"},{"output_type":9},{"output_type":"stream","text":3},{"output_type":"stream","text":"kept"},{"output_type":"error","ename":null,"traceback":"no"},{"output_type":"display_data","data":{"text/plain":"shown"}},{"output_type":"execute_result","data":null}]}""",
        """{"cell_type":"markdown"}""",
        """{"cell_type":"raw","source":null,"metadata":[]}""",
        """{"cell_type":"heading","source":"of nbformat 3"}""",
        """{"cell_type":"code","source":"\"the last\""}""",
    ];

    [Fact]
    public async Task Odd_fields_are_mended_and_every_cell_runs()
    {
        string path = Write("fields", Cells(string.Join(',', OddCells)));
        Assert.True(await Run(path) == 0, _terminal.ToString());
        List<NotebookCell> cells = [.. Notebook.Load(Path.Combine(Output, "fields.ipynb")).Cells];
        Assert.Equal("2", NotebookText.Join(cells[0].Outputs[0]!["data"]!["text/plain"]));
        Assert.Equal("", (string?)cells[2].Outputs[^1]!["evalue"]);
        Assert.Equal("half \ufffd\n", NotebookText.Join(cells[3].Outputs[0]!["text"]));
        Assert.Equal(["kept", "", "shown"], cells[4].Outputs.Select(output => NotebookText.Join(output!["text"] ?? output["ename"] ?? output["data"]!["text/plain"])));
        Assert.Equal("the last", NotebookText.Join(cells[^1].Outputs[0]!["data"]!["text/plain"]));
        Assert.Contains("kept", File.ReadAllText(Path.Combine(Output, "fields.html")));
    }

    [SkippableFact]
    public async Task What_is_written_of_an_odd_notebook_is_valid_nbformat()
    {
        Skip.If(PythonScript.Missing("nbformat") is not null, $"needs Debian's python3-nbformat: {PythonScript.Missing("nbformat")}");
        // But the cell of a kind that nbformat 4 does not know, which is the file's own.
        string odd = Cells(string.Join(',', OddCells.Where(cell => !cell.Contains("heading", StringComparison.Ordinal))));
        string[] texts = [odd, odd.Replace("\"nbformat_minor\":5", "\"nbformat_minor\":null", StringComparison.Ordinal), odd.Replace(",\"nbformat_minor\":5,\"metadata\":{}", "", StringComparison.Ordinal)];
        for (int index = 0; index < texts.Length; index++)
        {
            string path = Write($"valid {index}", texts[index]);
            Assert.True(await Run(path) == 0, _terminal.ToString());
            PythonScript.Result result = PythonScript.Run("validate.py", [Path.Combine(Output, $"valid {index}.ipynb")])["the_notebook_is_valid"];
            Assert.True(result.Ok, result.Detail);
        }
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_file_that_may_not_be_read()
    {
        string path = Path.Combine(_folder.Path, "mark.ipynb");
        File.WriteAllText(path, Cells(OddCells[0]), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(0, await Run(path));
        Assert.Equal(2, await Run(_folder.Path));
        Assert.Contains("a folder, not a notebook", _terminal.ToString());
    }

    [Fact]
    public void A_valid_notebook_is_not_touched()
    {
        string text = Cells("""{"cell_type":"code","execution_count":3,"id":"a","metadata":{},"outputs":[{"output_type":"execute_result","execution_count":3,"metadata":{},"data":{"text/plain":"x"}}],"source":[]}""");
        Assert.Equal(JsonNode.Parse(text)!.ToJsonString(), JsonNode.Parse(Notebook.Parse(text).ToText())!.ToJsonString());
    }

    private string Output => Path.Combine(_folder.Path, "results");

    private static string Cells(string cells) => "{\"cells\":[" + cells + "],\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{}}";

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name + ".ipynb");
        File.WriteAllText(path, content);
        return path;
    }

    private Task<int> Run(string path)
    {
        _terminal.GetStringBuilder().Clear();
        return RunCommand.RunAsync(new RunSettings([path], [], Output, Terminal: _terminal), CancellationToken.None);
    }
}
