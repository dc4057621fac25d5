using System.Globalization;
using Ddpg.Environments;
using Ddpg.Randomness;
using Ddpg.Training;

namespace Ddpg.Experiments;

/// <summary>What the environments' returns are to be compared with: doing nothing, random actions, what counts as solved, and what others published.</summary>
public static class Anchors
{
    private const string Registered = "registered with the environment";
    private const string Zoo = "rl-baselines3-zoo, benchmark.md: one saved agent, ± over its evaluation episodes";
    private const string Tianshou = "Tianshou's benchmark of the MuJoCo tasks: mean of ten seeds, ± over them";

    /// <summary>Random and zero actions, measured now on the fixed starts, and what is known from elsewhere.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="episodes">Fixed starts, at least 1.</param>
    public static IReadOnlyList<Anchor> For(string environmentId, int episodes = 100)
    {
        IEnvironment environment = EnvironmentRegistry.Make(environmentId);
        string source = string.Create(CultureInfo.InvariantCulture, $"measured on the {episodes} fixed starts");
        var random = new SeededRandom(0, RandomStream.ActionSampling);
        float[] nothing = new float[environment.ActionSpace.Length];
        EvaluationResult uniform = new Evaluator(environment).Evaluate(_ => environment.ActionSpace.Sample(random), episodes);
        EvaluationResult zero = new Evaluator(environment).Evaluate(_ => nothing, episodes);
        return [new("uniformly random actions", uniform.Mean, uniform.Std, source), new("zero action", zero.Mean, zero.Std, source), .. Known(environmentId)];
    }

    /// <summary>What is known from elsewhere, with its source; nothing is played, so that a robot's library is not needed.</summary>
    /// <param name="environmentId">The environment.</param>
    public static IReadOnlyList<Anchor> Known(string environmentId) => environmentId switch
    {
        "Pendulum-v1" =>
        [
            new("near-optimal control", -137.5, null, "dynamic programming on the 100 fixed starts: tests/Ddpg.Tests/Golden/pendulum_near_optimal.py"),
            new("counts as solved", -160, null, "RLlib's threshold; the environment has none"),
            new("published DDPG, 20,000 steps", -152.1, 94.3, Zoo),
            new("published TD3, 20,000 steps", -151.9, 90.2, Zoo),
        ],
        "MountainCarContinuous-v0" =>
        [
            new("full force with the velocity", 89.2, 0.3, "88.9 to 89.5, by hand: full force whichever way the car moves"),
            new("counts as solved", 90, null, Registered),
            new("published DDPG, 300,000 steps", 93.51, 0.05, Zoo),
            new("published TD3, 300,000 steps", 93.48, 0.08, Zoo),
        ],
        "LunarLanderContinuous-v2" or "LunarLanderContinuous-v3" =>
        [
            new("counts as solved", 200, null, Registered),
            new("published DDPG, 300,000 steps (v2)", 230.2, 92.4, Zoo),
            new("published TD3, 300,000 steps (v2)", 207.5, 67.6, Zoo),
        ],
        "InvertedPendulum-v2" or "InvertedPendulum-v4" => Robot(950, ddpg: 1000, td3: 1000),
        "HalfCheetah-v2" or "HalfCheetah-v4" => Robot(4800, ddpg: 8577.29, td3: 7697),
        "Hopper-v2" or "Hopper-v4" => Robot(3800, ddpg: 1860.02, td3: 2410),
        "Walker2d-v2" or "Walker2d-v4" => Robot(null, ddpg: 3098.11, td3: 3336),
        "Ant-v2" or "Ant-v4" => Robot(6000, ddpg: 888.77, td3: 1954),
        "Humanoid-v2" or "Humanoid-v4" =>
        [
            new("published DDPG, 1,000,000 steps", 177.3, 77.6, Tianshou),
            new("published TD3, 1,000,000 steps", 5190, 179, Tianshou),
        ],
        _ => [],
    };

    /// <summary>The return from which an environment counts as solved; null where nobody has set one.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <remarks>All but Pendulum-v1's are registered with the environments; −160 is RLlib's, and 23 below near-optimal control. Walker2d and Humanoid have none.</remarks>
    public static double? Solved(string environmentId) => Known(environmentId).FirstOrDefault(anchor => anchor.Name == "counts as solved")?.Value;

    // The paper has Gym's v1 of these tasks.
    private static Anchor[] Robot(double? solved, double ddpg, double td3) =>
    [
        .. solved is double threshold ? [new Anchor("counts as solved", threshold, null, Registered)] : Array.Empty<Anchor>(),
        new("published DDPG, 1,000,000 steps", ddpg, null, "Fujimoto et al. (2018), Table 1, \"Our DDPG\": the largest mean of ten seeds on the way (v1)"),
        new("published TD3, 300,000 steps", td3, null, "the curves that Fujimoto et al. (2018) released: mean of ten seeds (v1)"),
    ];
}
