using System.Text.Json.Nodes;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>What the tests of the notebooks see and what they let pass, shown on a small notebook that is right and on the same with one thing wrong.</summary>
[Collection(ExecutedNotebooks.Collection)]
public sealed class MadeUpNotebookTests : IDisposable
{
    private const string Name = "made-up.ipynb";

    private readonly string _folder = Directory.CreateTempSubdirectory("ddpg-made-up-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Claims_that_are_false_throw_or_do_not_compile_fail_through_the_protocol_and_only_they()
    {
        Skip.If(ExecutedNotebooks.ProtocolMissing is not null, ExecutedNotebooks.ProtocolMissing);
        string path = Write(
            Cell("first", "double[] losses = [3.5, 0.5];", claims: ["losses[^1] < losses[0] / 10 // one tenth", "losses.Length == 2 && losses[0] > 1"]),
            Cell("second", "int best = 1;", claims: ["losses[5] > 0", "losses[2", "best", "best is 1 or 2"]),
            Cell("third", "best = 7;\nlosses.Length", claims: ["!(best > 5)"]));
        ExecutedNotebook run = ExecutedNotebooks.Run(_folder, [Name], Path.Combine(_folder, "made"))[Name];
        Assert.True(run.Ok, run.Detail);
        IReadOnlyList<string> failures = ClaimChecks.Failures(path, run.Path);
        Assert.Collection(
            failures,
            one => Assert.Equal("cell first: losses[^1] < losses[0] / 10 // one tenth: it is false: losses[^1] is 0.5, losses[0] / 10 is 0.35", one),
            two => Assert.Contains("cell second: losses[5] > 0: Index was outside the bounds", two),
            three => Assert.Contains("error CS", three),
            four => Assert.Contains("Cannot implicitly convert type 'int' to 'bool'", four),
            five => Assert.Equal("cell third: !(best > 5): it is false: best is 7", five));
    }

    [SkippableFact]
    public void A_kernel_that_ends_before_it_answers_is_reported_with_what_it_said()
    {
        Skip.If(ExecutedNotebooks.ProtocolMissing is not null, ExecutedNotebooks.ProtocolMissing);
        Write(Cell("first", "1"));
        string kernel = Directory.CreateDirectory(Path.Combine(_folder, "kernels", "ending")).FullName;
        File.WriteAllText(Path.Combine(kernel, "kernel.json"), """{"argv": ["sh", "-c", "echo no port is free >&2; exit 3"], "display_name": "ending", "language": "csharp"}""");
        Dictionary<string, string> environment = new() { ["JUPYTER_PATH"] = _folder, ["JUPYTER_RUNTIME_DIR"] = Path.Combine(_folder, "runtime") };
        PythonScript.Result run = PythonScript.Run("run_notebooks.py", [Path.Combine(_folder, "made"), "ending", Name], environment, TimeSpan.FromMinutes(5), _folder)[Name];
        Assert.False(run.Ok);
        Assert.EndsWith("Kernel died before replying to kernel_info\nno port is free", run.Detail);
    }

    [Fact]
    public void Claims_that_are_false_fail_the_headless_run()
    {
        string path = Write(Cell("first", "double loss = 0.5;", claims: ["loss < 1", "loss < 0.25"]), Cell("second", "loss"));
        (int exit, string output) = InstalledKernel.Run(["run", "--claims", "--no-html", path, "--output", _folder + "/made"]);
        Assert.Equal(1, exit);
        Assert.Contains("  claim holds  cell 1 (first): loss < 1", output);
        Assert.Contains("  claim FAILS  cell 1 (first): loss < 0.25", output);
        Assert.Contains("    it is false: loss is 0.5", output);
        Assert.Equal(0, InstalledKernel.Run("run", "--no-html", path, "--output", _folder + "/made").Exit);
    }

    [Fact]
    public void A_claim_of_a_cell_that_was_not_run_does_not_hold()
    {
        string path = Write(Cell("first", "1", claims: ["1 < 2"]));
        string copy = Path.Combine(_folder, "copy.ipynb");
        ClaimChecks.WriteCopy(path, copy);
        Assert.Equal("cell first: 1 < 2: was not evaluated", Assert.Single(ClaimChecks.Failures(path, copy)));
    }

    [Theory]
    [InlineData("loss  12.5 after 10 steps\n", "loss 3.25 after 9 steps\n", true)]
    [InlineData("loss −0.5, 1,000 steps\n", "loss 1.2E-05, 20 steps\n", true)]
    [InlineData("loss 12.5 after 10 steps\n", "cost 12.5 after 10 steps\n", false)]
    [InlineData("better: Q1\n", "better: Q2\n", false)]
    [InlineData("loss 12.5\n", "loss NaN\n", false)]
    [InlineData("1 2\n", "1 2 3\n", false)]
    public void Numbers_of_a_machine_dependent_cell_may_differ_and_words_not(string saved, string made, bool same)
    {
        Assert.Equal(same, AreSame(Stream(saved), Stream(made), "machine-dependent"));
        Assert.False(AreSame(Stream(saved), Stream(made)));
        Assert.True(AreSame(Stream(saved), Stream(saved)));
    }

    [Fact]
    public void Pictures_of_a_machine_dependent_cell_are_compared_by_kind()
    {
        JsonObject one = Chart("<svg><path d='M1 2'/></svg>", "PlotlyChart"), other = Chart("<svg><text>word</text></svg>", "PlotlyChart");
        Assert.True(AreSame(one, other, "machine-dependent"));
        Assert.False(AreSame(one, other));
        Assert.False(AreSame(one, Chart("<svg/>", "Episode"), "machine-dependent"));
        JsonObject withoutPicture = Chart("<svg/>", "PlotlyChart");
        withoutPicture["data"]!.AsObject().Remove("image/svg+xml");
        Assert.False(AreSame(one, withoutPicture, "machine-dependent"));
    }

    [Fact]
    public void Streams_outputs_and_cells_are_told_apart_whatever_the_tag()
    {
        JsonObject error = Stream("1\n");
        error["name"] = "stderr";
        Assert.False(AreSame(Stream("1\n"), error, "machine-dependent"));
        string saved = Write(Cell("a", "1")), made = Path.Combine(_folder, "made.ipynb");
        File.WriteAllText(made, File.ReadAllText(saved).Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        Assert.Equal(2, SavedOutputs.Differences(saved, made).Count);
    }

    private bool AreSame(JsonObject saved, JsonObject made, params string[] tags)
    {
        string[] paths = [.. new[] { saved, made }.Select((output, i) => Write($"{i}.ipynb", Cell("a", "1", tags, outputs: output.DeepClone())))];
        return SavedOutputs.Differences(paths[0], paths[1]).Count == 0;
    }

    private static JsonObject Stream(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonObject Chart(string svg, string text) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject { ["image/svg+xml"] = svg, ["text/plain"] = text, ["application/vnd.plotly.v1+json"] = new JsonObject { ["data"] = svg.Length } },
    };

    private static JsonObject Cell(string id, string source, string[]? tags = null, string[]? claims = null, JsonNode? outputs = null) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["tags"] = Array(tags), ["claims"] = Array(claims) },
        ["outputs"] = outputs is null ? [] : new JsonArray(outputs),
        ["source"] = source,
    };

    private static JsonArray Array(string[]? texts) => [.. (texts ?? []).Select(text => (JsonNode)text)];

    private string Write(params JsonObject[] cells) => Write(Name, cells);

    private string Write(string name, params JsonObject[] cells)
    {
        string path = Path.Combine(_folder, name);
        var metadata = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = InstalledKernel.Name } };
        File.WriteAllText(path, new JsonObject { ["cells"] = new JsonArray([.. cells]), ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString());
        return path;
    }
}
