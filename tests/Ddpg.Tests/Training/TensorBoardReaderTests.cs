using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

/// <summary>A run's event file in readers that others wrote: npm's tfrecord and protobufjs.</summary>
public sealed class TensorBoardReaderTests : IDisposable
{
    private const string Package = "tfrecord@0.2.0";
    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-events-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableFact]
    public void The_event_file_of_a_run_is_read_by_strangers_and_a_changed_byte_is_refused()
    {
        string packages = Packages();
        string folder = Path.Combine(_root, "run"), events = Path.Combine(folder, "events.out.tfevents.0.ddpg");
        using (Run run = Run.Start(folder, Trainer.Create("Pendulum-v1", RunLogTests.Quick, 2), 460))
            run.Train();

        (int code, string output, string error) = Node(packages, events);
        Assert.True(code == 0, error);
        JsonNode[] records = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal("brain.Event:2", (string)records[0]["file_version"]!);
        Assert.Equal(Column(folder, "evaluation.csv", "mean"), Points(records, "evaluation/mean"));
        Assert.Equal(Column(folder, "progress.csv", "return"), Points(records, "training/return"));
        Assert.Equal(Column(folder, "progress.csv", "critic_loss"), Points(records, "training/critic_loss"));

        byte[] bytes = File.ReadAllBytes(events);
        bytes[^20] ^= 1;
        File.WriteAllBytes(events, bytes);
        (code, _, error) = Node(packages, events);
        Assert.NotEqual(0, code);
        Assert.Contains("CRC32C", error);
    }

    private static (long Step, float Value)[] Points(JsonNode[] records, string tag) =>
    [
        .. records.SelectMany(record => (record["values"]?.AsArray() ?? []).Where(value => (string)value!["tag"]! == tag)
            .Select(value => ((long)record["step"]!, (float)((double?)value!["simple_value"] ?? 0)))),
    ];

    private static (long Step, float Value)[] Column(string folder, string file, string name)
    {
        string[][] rows = [.. File.ReadAllLines(Path.Combine(folder, file)).Select(line => line.Split(','))];
        int column = Array.IndexOf(rows[0], name);
        return [.. rows.Skip(1).Where(row => row[column].Length > 0).Select(row => (long.Parse(row[0]), (float)double.Parse(row[column], CultureInfo.InvariantCulture)))];
    }

    private static string Packages()
    {
        Skip.If(Find("node") is null || Find("npm") is null, "Node and npm are not installed, so there is no other reader of event files");
        for (DirectoryInfo? root = new(AppContext.BaseDirectory); root is not null; root = root.Parent)
        {
            if (root.Name != "artifacts")
                continue;
            string folder = Path.Combine(root.FullName, "npm", Package);
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "tfrecord")))
            {
                Directory.CreateDirectory(folder);
                Start(Find("npm")!, "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", Package);
            }
            Skip.IfNot(Directory.Exists(Path.Combine(folder, "node_modules", "tfrecord")), $"npm could not install {Package} (no network?)");
            return folder;
        }
        throw new DirectoryNotFoundException("The tests do not run from the artifacts folder of a clone.");
    }

    private static (int, string, string) Node(string packages, string events) => Start("node", Path.Combine(AppContext.BaseDirectory, "Golden", "read-events.mjs"), packages, events);

    private static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    private static (int Code, string Output, string Error) Start(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
