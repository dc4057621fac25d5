using System.Text.Json.Nodes;
using Ddpg.Kernel.Commands;
using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Tests.Commands;

/// <summary>Headless runs of the small notebooks beside this project. They change the process's folder, hence one collection.</summary>
[Collection("current directory")]
public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("Mein Ordner 測試");
    private readonly StringWriter _terminal = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_in_the_notebooks_folder_and_writes_notebook_and_page()
    {
        string path = Copy("semantics.ipynb");
        File.WriteAllText(Path.Combine(_folder.Path, "data.txt"), "from the folder");
        Assert.Equal(0, await Run(path));
        Notebook executed = Notebook.Load(Executed("semantics.ipynb"));
        List<NotebookCell> code = [.. executed.Cells.Where(cell => cell.IsCode)];
        Assert.Equal("from the folder", Text(code[0]));
        Assert.Equal(["1\n2\n"], code[1].Outputs.Select(output => NotebookText.Join(output!["text"])));
        Assert.Equal("100 %", NotebookText.Join(Assert.Single(code[2].Outputs)!["data"]!["text/html"]));
        Assert.Equal("System.InvalidOperationException", (string?)Assert.Single(code[3].Outputs)!["ename"]);
        Assert.Equal("kept", Text(code[4]));
        Assert.Null(code[4].ExecutionCount);
        Assert.Equal([1, 2, 3, 4], code.Take(4).Select(cell => cell.ExecutionCount!.Value));
        string page = File.ReadAllText(Path.ChangeExtension(Executed("semantics.ipynb"), ".html"));
        Assert.Contains("100 %", page);
        Assert.Contains("<math", page);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org", ""));
        Assert.Equal(File.ReadAllText(Original("semantics.ipynb")), File.ReadAllText(path));
    }

    [Fact]
    public async Task A_failing_cell_is_named_with_number_line_and_message_and_ends_the_run()
    {
        string path = Copy("fails.ipynb");
        Assert.Equal(1, await Run(path));
        Assert.Contains($"{path}: cell 3, line 2 failed", _terminal.ToString());
        Assert.Contains("    int[] some = [1, 2]; Console.Write(int.Parse(\"x\"));", _terminal.ToString());
        Assert.Contains("System.FormatException: The input string 'x' was not in a correct format.", _terminal.ToString());
        List<NotebookCell> cells = [.. Notebook.Load(Executed("fails.ipynb")).Cells];
        Assert.Equal("before\n", NotebookText.Join(cells[1].Outputs[0]!["text"]));
        Assert.Equal("error", (string?)cells[2].Outputs[^1]!["output_type"]);
        Assert.Empty(cells[3].Outputs);
        Assert.Contains("class=\"error\"", File.ReadAllText(Path.ChangeExtension(Executed("fails.ipynb"), ".html")));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_shows_the_compilers_words()
    {
        Assert.Equal(1, await Run(Write("compile.ipynb", ["int x = \"a\";"])));
        Assert.Contains("compile.ipynb: cell 1, line 1 failed", _terminal.ToString());
        Assert.Contains("(1,9): error CS0029: Cannot implicitly convert type 'string' to 'int'", _terminal.ToString());
    }

    [Fact]
    public async Task A_missing_kit_names_the_build_command()
    {
        Assert.Equal(1, await Run(Write("kit.ipynb", ["#!import ../artifacts/kit/setup.csx"])));
        Assert.Contains("dotnet build -c Release src/Ddpg", _terminal.ToString());
    }

    [Theory]
    [InlineData("steps=2e3", "rate=0.5", "2000 0.5 text False")]
    [InlineData("name=Ada Lovelace", "fast=True", "10 0.25 Ada Lovelace True")]
    [InlineData("name=\"quoted\"", "rate=1", "10 1 quoted False")]
    [InlineData("rate=-1e-3", "steps=-4", "-4 -0.001 text False")]
    public async Task Parameters_are_assigned_after_their_cell(string first, string second, string expected)
    {
        string path = Copy("parameters.ipynb");
        Assert.Equal(0, await Run(path, [first, second]));
        Notebook executed = Notebook.Load(Executed("parameters.ipynb"));
        Assert.Equal(["injected-parameters"], executed.Cells[1].Tags);
        Assert.Equal(expected, Text(executed.Cells[2]));
    }

    [Theory]
    [InlineData("speed=1", "declares no variable of that name. It declares: steps, rate, name, fast.")]
    [InlineData("steps", "write it as name=value")]
    public async Task Wrong_parameters_are_refused_before_anything_runs(string parameter, string message)
    {
        Assert.Equal(2, await Run(Copy("parameters.ipynb"), [parameter]));
        Assert.Contains(message, _terminal.ToString());
        Assert.False(File.Exists(Executed("parameters.ipynb")));
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_the_compilers_error()
    {
        Assert.Equal(1, await Run(Copy("parameters.ipynb"), ["steps=many"]));
        Assert.Contains("CS0103", _terminal.ToString());
    }

    [Theory]
    [InlineData("missing.ipynb", null, "there is no such file")]
    [InlineData("bad.ipynb", "{\n \"cells\": [}", "bad JSON in line 2")]
    [InlineData("text.ipynb", "hello", "not a notebook")]
    [InlineData("array.ipynb", "[]", "has no \"cells\"")]
    [InlineData("old.ipynb", "{\"cells\":[],\"nbformat\":3}", "nbformat 3 is not supported")]
    [InlineData("empty.ipynb", "", "not a notebook")]
    public async Task A_file_that_is_no_notebook_is_refused(string name, string? content, string message)
    {
        string path = Path.Combine(_folder.Path, name);
        if (content is not null) File.WriteAllText(path, content);
        Assert.Equal(2, await Run(path));
        Assert.Contains(name, _terminal.ToString());
        Assert.Contains(message, _terminal.ToString());
    }

    [Fact]
    public async Task Saving_twice_gives_the_same_bytes_and_check_agrees()
    {
        string path = Copy("outputs.ipynb");
        Assert.Equal(1, await Run(path, checks: true));
        Assert.Contains("differs:", _terminal.ToString());
        Assert.Equal(File.ReadAllBytes(Original("outputs.ipynb")), File.ReadAllBytes(path));
        Assert.Equal(0, await Run(path, saves: true));
        byte[] first = File.ReadAllBytes(path);
        Assert.Equal(0, await Run(path, saves: true));
        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Equal(0, await Run(path, checks: true));

        string text = File.ReadAllText(path);
        Assert.DoesNotContain(_folder.Path, text);
        Assert.DoesNotMatch(@"Wall time: \d", text);
        Notebook saved = Notebook.Load(path);
        Assert.All(saved.Cells.Where(cell => cell.IsCode), cell => Assert.Null(cell.ExecutionCount));
        Assert.All(saved.Cells, cell => Assert.NotEmpty(cell.Id));
        JsonNode metadata = JsonNode.Parse(text)!["metadata"]!;
        Assert.Equal(".net-csharp", (string?)metadata["kernelspec"]!["name"]);
        Assert.Equal("csharp", (string?)metadata["polyglot_notebook"]!["kernelInfo"]!["defaultKernelName"]);
        Assert.Equal("kept", (string?)metadata["unknown"]);
    }

    [Fact]
    public async Task A_failing_notebook_is_not_saved()
    {
        string path = Copy("fails.ipynb");
        Assert.Equal(1, await Run(path, saves: true));
        Assert.Equal(File.ReadAllBytes(Original("fails.ipynb")), File.ReadAllBytes(path));
    }

    [Fact]
    public async Task An_interrupted_run_keeps_what_it_has()
    {
        string path = Write("long.ipynb", ["Console.Write(\"first\");", "System.IO.File.WriteAllText(\"started\", \"\"); while (true) { }", "1"]);
        using var interrupt = new CancellationTokenSource();
        Task<int> run = RunCommand.RunAsync(new RunSettings([path], [], Output, Terminal: _terminal), interrupt.Token);
        while (!File.Exists(Path.Combine(_folder.Path, "started")))
            await Task.Delay(10);
        await interrupt.CancelAsync();
        Assert.Equal(130, await run);
        Assert.Equal("first", NotebookText.Join(Notebook.Load(Executed("long.ipynb")).Cells[0].Outputs[0]!["text"]));
        Assert.Contains("cell 2 was interrupted", _terminal.ToString());
    }

    [Fact]
    public async Task A_read_only_output_folder_is_an_error_that_names_the_way_out()
    {
        string path = Write("simple.ipynb", ["1"]);
        string blocker = Path.Combine(_folder.Path, "blocked");
        File.WriteAllText(blocker, "a file where a folder should be");
        Assert.Equal(1, await RunCommand.RunAsync(new RunSettings([path], [], blocker, Terminal: _terminal), CancellationToken.None));
        Assert.Contains("cannot write", _terminal.ToString());
        Assert.Contains("--output", _terminal.ToString());
    }

    [Fact]
    public void A_cell_that_uses_up_the_memory_gets_an_error_and_the_next_cell_runs()
    {
        string path = Write("memory.ipynb", [
            "string last = \"\"; var all = new List<byte[]>(); try { while (true) all.Add(new byte[10_000_000]); } catch (OutOfMemoryException e) { last = e.GetType().Name; all.Clear(); }",
            "last + new byte[1_000_000].Length",
            "var again = new List<byte[]>(); while (true) again.Add(new byte[10_000_000]);"]);
        // 512 MiB, in hexadecimal, so that the machine's own memory is left alone.
        (int exit, string output) = Jupyter.InstalledKernel.Run(["run", "--no-html", "--output", Output, path], new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "20000000" });
        Assert.Equal(1, exit);
        Assert.Contains("cell 3, line 1 failed", output);
        Assert.Contains("System.OutOfMemoryException", output);
        Assert.Equal("OutOfMemoryException1000000", Text(Notebook.Load(Executed("memory.ipynb")).Cells[1]));
    }

    [Fact]
    public void Without_Node_the_page_shows_the_still_pictures()
    {
        const string Cell = """
            using Microsoft.DotNet.Interactive.Formatting;
            record Chart;
            Formatter.Register<Chart>(_ => "{\"data\":[],\"layout\":{}}", "application/vnd.plotly.v1+json");
            Formatter.Register<Chart>(_ => "<svg id='still'></svg>", "image/svg+xml");
            Formatter.SetPreferredMimeTypesFor(typeof(Chart), "application/vnd.plotly.v1+json", "image/svg+xml");
            new Chart()
            """;
        (int exit, string output) = Jupyter.InstalledKernel.Run(["run", "--output", Output, Write("chart.ipynb", [Cell])], new Dictionary<string, string> { ["PATH"] = _folder.Path });
        Assert.True(exit == 0, output);
        string page = File.ReadAllText(Executed("chart.html"));
        Assert.Contains("<svg id='still'>", page);
        Assert.DoesNotContain("<script", page);
    }

    [SkippableFact]
    public async Task A_notebook_in_a_read_only_folder_runs_and_cannot_be_saved_which_is_said()
    {
        string path = Write("simple.ipynb", ["1 + 1"]);
        string output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        byte[] before = File.ReadAllBytes(path);
        try
        {
            using var readOnly = new ReadOnlyFolder(_folder.Path);
            Skip.If(readOnly.Missing is not null, readOnly.Missing);
            Assert.Equal(0, await RunCommand.RunAsync(new RunSettings([path], [], output, Terminal: _terminal), CancellationToken.None));
            Assert.Equal("2", Text(Notebook.Load(Path.Combine(output, "simple.ipynb")).Cells[0]));
            Assert.Equal(1, await RunCommand.RunAsync(new RunSettings([path], [], output, Saves: true, Terminal: _terminal), CancellationToken.None));
            Assert.Contains("With --save the notebook's own folder must be writable", _terminal.ToString());
            Assert.Equal(before, File.ReadAllBytes(path));
        }
        finally
        {
            if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public async Task A_notebook_with_Windows_line_ends_runs_and_is_saved()
    {
        string path = Write("windows.ipynb", ["int a = 1;\r\n#!time\r\nint b = a + 1;\r\nConsole.Write(b);"]);
        File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings("\r\n").Replace(",\"", ",\r\n\"", StringComparison.Ordinal));
        Assert.Equal(0, await Run(path));
        Assert.Equal("2", NotebookText.Join(Notebook.Load(Executed("windows.ipynb")).Cells[0].Outputs[0]!["text"]));
        Assert.Equal(0, await Run(path, saves: true));
        Assert.Equal(0, await Run(path, checks: true));
    }

    [Fact]
    public async Task Two_notebooks_of_one_folder_run_at_once()
    {
        string[] names = ["first.ipynb", "second.ipynb"];
        Task<(int Exit, string Output)>[] runs = [.. names.Select(name =>
        {
            string path = Write(name, [$"System.IO.File.WriteAllText(\"{name}.here\", \"\"); while (System.IO.Directory.GetFiles(\".\", \"*.here\").Length < 2) System.Threading.Thread.Sleep(5);", $"\"{name}\""]);
            return Task.Run(() => Jupyter.InstalledKernel.Run("run", "--output", Output, path));
        })];
        foreach ((int exit, string output) in await Task.WhenAll(runs)) Assert.True(exit == 0, output);
        Assert.All(names, name => Assert.Equal(name, Text(Notebook.Load(Executed(name)).Cells[1])));
    }

    [Fact]
    public async Task Input_cannot_be_asked_for()
    {
        Assert.Equal(1, await Run(Write("input.ipynb", ["var name = await GetInputAsync(\"Name?\");"])));
        Assert.Contains("asks for input (\"Name?\")", _terminal.ToString());
    }

    private string Output => Path.Combine(_folder.Path, "results");

    private string Executed(string name) => Path.Combine(Output, name);

    private static string Original(string name) => Path.Combine(AppContext.BaseDirectory, "Notebooks", name);

    private static string Text(NotebookCell cell) => NotebookText.Join(Assert.Single(cell.Outputs)!["data"]!["text/plain"]);

    private string Copy(string name)
    {
        string path = Path.Combine(_folder.Path, name);
        File.Copy(Original(name), path);
        return path;
    }

    private string Write(string name, string[] cells)
    {
        string path = Path.Combine(_folder.Path, name);
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select(source => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code", ["execution_count"] = null, ["id"] = "a", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
            })]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }

    private Task<int> Run(string path, string[]? parameters = null, bool saves = false, bool checks = false)
    {
        _terminal.GetStringBuilder().Clear();
        return RunCommand.RunAsync(new RunSettings([path], parameters ?? [], Output, saves, checks, Terminal: _terminal), CancellationToken.None);
    }
}
