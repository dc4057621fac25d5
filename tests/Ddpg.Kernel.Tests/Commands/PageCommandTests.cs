using Ddpg.Kernel.Commands;

namespace Ddpg.Kernel.Tests.Commands;

public sealed class PageCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("pages 測試");
    private readonly StringWriter _written = new(), _errors = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_shows_saved_outputs_and_runs_nothing()
    {
        string notebook = Path.Combine(_folder.Path, "saved.ipynb"), mark = Path.Combine(_folder.Path, "has run");
        File.WriteAllText(notebook, $$"""
            {"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
             {"id":"aaaaaaaa","cell_type":"markdown","metadata":{},"source":["# Title"]},
             {"id":"bbbbbbbb","cell_type":"code","metadata":{},"execution_count":null,"source":["System.IO.File.WriteAllText(\"{{mark}}\", \"\");"],
              "outputs":[{"output_type":"stream","name":"stdout","text":["the saved line\n"]}]}]}
            """);
        byte[] before = File.ReadAllBytes(notebook);
        Assert.Equal(0, await PageCommand.RunAsync([notebook], Path.Combine(_folder.Path, "out"), _written, _errors));
        Assert.Contains("the saved line", File.ReadAllText(Path.Combine(_folder.Path, "out", "saved.html")));
        Assert.False(File.Exists(mark));
        Assert.Equal(before, File.ReadAllBytes(notebook));
        Assert.Equal("", _errors.ToString());
    }

    [Fact]
    public async Task A_file_that_is_no_notebook_is_named()
    {
        string path = Path.Combine(_folder.Path, "no.ipynb");
        Assert.Equal(2, await PageCommand.RunAsync([path], null, _written, _errors));
        File.WriteAllText(path, "{");
        Assert.Equal(2, await PageCommand.RunAsync([path], null, _written, _errors));
        Assert.Equal(2, _errors.ToString().Split("error: ").Count(part => part.Contains("no.ipynb", StringComparison.Ordinal)));
    }
}
