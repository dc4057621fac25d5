using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests;

/// <summary>A session in a folder of its own.</summary>
internal sealed class SessionFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new("kernel session é 測試");

    internal SessionFixture() => Session = new CellSession(new CellSessionOptions { WorkingDirectory = _folder.Path, OwnsProcess = false });

    internal CellSession Session { get; }

    internal string Folder => _folder.Path;

    internal string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a cell that must succeed.</summary>
    internal async Task<RecordingOutput> Run(string code)
    {
        var output = new RecordingOutput();
        CellResult result = await Session.ExecuteAsync(code, output, CancellationToken.None);
        Assert.True(result.Status == CellStatus.Ok, string.Join('\n', result.Error?.Traceback ?? []) + output.StandardError);
        return output;
    }

    /// <summary>Runs a cell that must fail.</summary>
    internal async Task<(CellError Error, RecordingOutput Output)> Fail(string code)
    {
        var output = new RecordingOutput();
        CellResult result = await Session.ExecuteAsync(code, output, CancellationToken.None);
        Assert.Equal(CellStatus.Error, result.Status);
        return (result.Error!, output);
    }

    public void Dispose()
    {
        Session.Dispose();
        _folder.Dispose();
    }
}
