using System.Diagnostics;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Training;
using Xunit.Abstractions;

namespace Ddpg.Tests.Training;

/// <summary>What a checkpoint of a long run costs.</summary>
public sealed class CheckpointCostTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 1_000_000, Added = 10_000;
    private readonly string _root = Directory.CreateTempSubdirectory("ddpg-cost-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_checkpoint_of_a_million_rows_writes_what_changed_and_not_the_whole()
    {
        var lander = new LunarLanderContinuous();
        Hyperparameters hyperparameters = Hyperparameters.Post with { HiddenSizes = [128, 128], ReplayCapacity = Rows, StartSteps = Added, LearningStarts = Added + 1 };
        var trainer = new Trainer(lander, new DdpgAgent(lander.ObservationSpace, lander.ActionSpace, hyperparameters, 1));
        Fill(trainer, Rows);
        Checkpoints checkpoints = Checkpoints.Create(_root);
        (long whole, TimeSpan wholeTime) = Cost(() => checkpoints.Write(trainer, [], ending: null));
        trainer.Train(Added);
        (long changed, TimeSpan changedTime) = Cost(() => checkpoints.Write(trainer, [], ending: null));
        output.WriteLine($"{Rows} rows: {whole / 1e6:F1} MB in {wholeTime.TotalMilliseconds:F0} ms; {Added} rows more: {changed / 1e6:F2} MB in {changedTime.TotalMilliseconds:F0} ms");
        Assert.InRange(whole, 80L * Rows, 82L * Rows);
        // The rows, the agent (four networks, two of them with Adam's moments) and the mark of each file.
        long agent = new FileInfo(Directory.GetFiles(Path.Combine(_root, "checkpoint"), "step-*").Order(StringComparer.Ordinal).Last()).Length;
        Assert.InRange(changed, 80L * Added, 80L * Added + agent + 1_000);
        Assert.True(changed < whole / 20, $"{changed} bytes of {whole}");
    }

    private (long Bytes, TimeSpan Time) Cost(Action write)
    {
        HashSet<(string, DateTime)> before = [.. Files()];
        long start = Stopwatch.GetTimestamp();
        write();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return (Files().Where(file => !before.Contains(file)).Sum(file => new FileInfo(file.Item1).Length), time);
    }

    private IEnumerable<(string, DateTime)> Files() => Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Select(path => (path, File.GetLastWriteTimeUtc(path)));

    private static void Fill(Trainer trainer, int rows)
    {
        float[] observation = new float[8];
        for (int i = 0; i < rows; i++)
        {
            observation[0] = i;
            trainer.Replay.Add(observation, [0.5f, -0.5f], -1, observation, i % 100 == 99);
        }
    }
}
