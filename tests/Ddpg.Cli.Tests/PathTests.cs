namespace Ddpg.Cli.Tests;

/// <summary>A file where a folder is needed, and the other way round, is named by every verb before it starts anything.</summary>
public sealed class PathTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-path-").FullName;

    public PathTests()
    {
        File.WriteAllText(At("file"), "here");
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("sweep.json"), """
            { "format": 1, "preset": "Pendulum", "set": { "TotalSteps": 2000, "IntervalUnit": "Steps" }, "environments": ["Pendulum-v1"], "seeds": [1] }
            """);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("train", "--env", "Pendulum-v1", "--output", "@file")]
    [InlineData("train", "--resume", "@file")]
    [InlineData("train", "--resume", "@file", "--total-steps", "9")]
    [InlineData("evaluate", "@file")]
    [InlineData("record", "@file", "--html")]
    [InlineData("export", "@file")]
    [InlineData("export", "@folder", "--output", "@file")]
    [InlineData("sweep", "@sweep.json", "--output", "@file")]
    [InlineData("sweep", "@sweep.json", "--list", "--output", "@file")]
    [InlineData("sweep", "merge", "@sweep.json", "--output", "@file")]
    [InlineData("sweep", "merge", "@sweep.json", "--output", "@folder", "--from", "@file")]
    public void A_file_where_a_folder_is_needed(params string[] args) => AssertRefused($"'{At("file")}' is a file, and a folder is needed here", args);

    [Theory]
    [InlineData("train", "--env", "Pendulum-v1", "--output", "@file/run")]
    [InlineData("train", "--env", "Pendulum-v1", "--output", "@file/runs/one")]
    [InlineData("train", "--resume", "@file/run")]
    [InlineData("evaluate", "@file/run")]
    [InlineData("export", "@folder", "--output", "@file/export")]
    [InlineData("record", "@folder", "--html", "@file/page.html")]
    [InlineData("record", "@folder", "--mp4", "@file/film.mp4")]
    [InlineData("report", "@folder", "--output", "@file/report.html")]
    [InlineData("sweep", "@sweep.json", "--output", "@file/results")]
    public void A_file_above_the_path(params string[] args) => AssertRefused($"'{At("file")}' is a file", args);

    [Theory]
    [InlineData("is a folder, and the name of a file is needed here", "report", "@folder", "--output", "@folder")]
    [InlineData("is a folder, and the name of a file is needed here", "record", "@folder", "--html", "@folder")]
    [InlineData("is a folder, and the name of a file is needed here", "record", "@folder", "--mp4", "@folder")]
    [InlineData("is a folder; name the sweep file in it", "sweep", "@folder")]
    public void A_folder_where_a_file_is_needed(string expected, params string[] args) => AssertRefused($"'{At("folder")}' {expected}", args);

    [Theory]
    [InlineData("train", "--env", "Pendulum-v1", "--output", "")]
    [InlineData("train", "--resume", "")]
    [InlineData("evaluate", " ")]
    [InlineData("record", "", "--html")]
    [InlineData("export", "")]
    [InlineData("report", "@folder", "--output", "")]
    public void An_empty_path(params string[] args) => AssertRefused("A path in this command is empty", args);

    private void AssertRefused(string expected, string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = CommandLine.Run([.. args.Select(one => one.StartsWith('@') ? At(one[1..]) : one)], output, error, CancellationToken.None);
        Assert.Equal((2, ""), (code, output.ToString()));
        Assert.Contains(expected, error.ToString());
        Assert.Equal("here", File.ReadAllText(At("file")));
        Assert.Empty(Directory.GetFileSystemEntries(At("folder")));
        Assert.Equal(["file", "folder", "sweep.json"], Directory.GetFileSystemEntries(_root).Select(Path.GetFileName).Order());
    }

    private string At(string name) => Path.Combine([_root, .. name.Split('/')]);
}
