using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Experiments;

namespace Ddpg.Tests.Experiments;

/// <summary>The results that the notebooks are made from belong to the sweeps beside them, are complete, and show what the kit says that they show.</summary>
[Trait("Speed", "tiny")]
public sealed class KeptResultsTests
{
    private static readonly string Root = Path.Combine(Repository(), "notebooks", "results");

    public static TheoryData<string> Sweeps => [.. Directory.GetFiles(Root, "sweep.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file))!).Order(StringComparer.Ordinal)];

    /// <summary>The tests below are of each folder found: with none they would show nothing.</summary>
    [Fact]
    public void The_results_that_the_notebooks_read_are_all_there() => Assert.Equal(["ablations", "ant", "bullet", "bullet-humanoid", "half-cheetah", "hopper", "humanoid", "inverted-pendulum", "lunar-lander", "mountain-car", "pendulum", "robot-preset", "robots-td3", "walker"], KeptResults.Names);

    [Theory, MemberData(nameof(Sweeps))]
    public void Every_sweep_file_is_sound_and_explained(string folder)
    {
        Sweep sweep = Sweep.Load(Path.Combine(Root, folder, "sweep.json"));
        Assert.Equal(folder, sweep.Name);
        Assert.Contains($"| `{folder}` | {sweep.Cells.Count} |", File.ReadAllText(Path.Combine(Root, "README.md")));
    }

    [Theory, MemberData(nameof(Sweeps))]
    public void Results_beside_a_sweep_file_are_complete_and_made_with_its_settings(string folder)
    {
        string path = Path.Combine(Root, folder);
        Assert.True(File.Exists(Path.Combine(path, "results.csv")), $"notebooks/results/{folder} has no results: run its sweep to the end and copy its three tables there, or take the folder out");
        Sweep sweep = Sweep.Load(Path.Combine(path, "sweep.json"));
        // Opening compares the settings of each line with the sweep file's.
        SweepFolder results = SweepFolder.Open(path, sweep);
        Assert.Empty(results.Remaining);
        Assert.Equal(sweep.Cells.Count, results.Records.Count);
        Assert.All(results.Records, run => Assert.Equal(RunOutcome.Finished, run.Outcome));
        Assert.All(results.Records, run => Assert.DoesNotMatch("changed|unknown", run.Cost.Commit));
    }

    [Fact]
    public void On_the_mountain_car_OU_noise_reaches_the_goal_in_every_seed_and_Gaussian_noise_in_none()
    {
        MethodSummary[] methods = Methods("mountain-car");
        Assert.Equal(0, Find(methods, "Gaussian 0.2").Reached(90));
        Assert.All(Find(methods, "OU dt 0.1").Runs, run => Assert.Contains(run.Curve, point => point.Step <= 30_000 && point.Returns.Mean >= 90 && point.Returns.Episodes == 50));
    }

    [Fact]
    public void On_the_mountain_car_parameter_noise_needs_normalised_observations()
    {
        MethodSummary[] methods = Methods("mountain-car");
        Assert.Equal(5, Find(methods, "parameter 0.6 normalised").Reached(90));
        Assert.Equal(0, Find(methods, "parameter 0.2 raw").Reached(90));
    }

    [Fact]
    public void On_the_lunar_lander_the_best_policy_of_DDPG_scores_200_on_fresh_starts_in_every_seed()
    {
        IReadOnlyList<RunRecord> runs = Find(Methods("lunar-lander"), "DDPG").Runs;
        Assert.Equal(3, runs.Count);
        Assert.All(runs, run => Assert.Equal((300_000L, 100), (run.Steps, run.Fresh!.Episodes)));
        Assert.All(runs, run => Assert.InRange(run.Fresh!.Mean, 200, 300));
    }

    [Fact]
    public void A_notebook_reads_them_by_name_and_repeats_a_run_with_its_own_settings()
    {
        IReadOnlyList<RunRecord> runs = KeptResults.Load("pendulum");
        Assert.Equal(20, runs.Count);
        Assert.Equal(runs.Select(run => run.Fingerprint), KeptResults.Sweep("pendulum").Cells.Select(cell => cell.Fingerprint));
        Assert.Contains("pendulum", KeptResults.Names);
    }

    [Theory]
    [InlineData("no-such-task")]
    [InlineData("../results/pendulum")]
    public void An_unknown_name_is_answered_with_the_known_ones(string name) =>
        Assert.Contains("pendulum", Assert.Throws<FileNotFoundException>(() => KeptResults.Load(name)).Message);

    [Theory]
    [InlineData("no-such-robot")]
    [InlineData("../agents/hopper")]
    public void An_unknown_agent_is_answered_with_the_known_ones(string name) =>
        Assert.Contains("hopper", Assert.Throws<FileNotFoundException>(() => KeptResults.Agent(name)).Message);

    [SkippableFact]
    public void The_kept_hopper_hops()
    {
        DdpgAgent agent = KeptResults.Agent("hopper");
        Skip.IfNot(MuJoCoLibrary.IsAvailable, MuJoCoLibrary.Problem);
        using var hopper = new Hopper();
        double metres = 0;
        for (ulong start = 1; start <= 5; start++)
        {
            float[] observation = hopper.Reset(start);
            for (StepResult step = default; !step.EpisodeEnded; observation = step.Observation) step = hopper.Step(agent.Act(observation));
            metres += hopper.Positions[0] / 5;
        }
        // Standing still for an episode would bring it nowhere, and falling forwards less than its own length of 1.5 m.
        Assert.InRange(metres, 3, 30);
    }

    private static MethodSummary[] Methods(string folder) => [.. MethodSummary.Of(ResultTables.Load(Path.Combine(Root, folder)))];

    private static MethodSummary Find(MethodSummary[] methods, string name) => methods.Single(method => method.Name == name);

    private static string Repository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Ddpg.Notebooks.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No Ddpg.Notebooks.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
