using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Tests.Training;

/// <summary>
/// The easiest task there is: the observation says which action is right, r = −(a − 2·o)², and each episode is one step. If an agent fails here, the agent is wrong;
/// if it fails on the pendulum only, the tuning is. <paramref name="steps"/> above 1 makes longer episodes, which end by time limit or (with <paramref name="terminates"/>) for good.
/// </summary>
internal sealed class IdentityEnvironment(int steps = 1, bool terminates = true, double rewardScale = 1) : IEnvironment
{
    private SeededRandom _random = new(0, RandomStream.Environment);
    private float[] _observation = [0];
    private int _step = -1;

    public string Id => "Identity-v0";

    public Box ObservationSpace { get; } = new(-1, 1, 1);

    public Box ActionSpace { get; } = new(-2, 2, 1);

    public int MaxEpisodeSteps => steps;

    /// <summary>The seeds of all resets so far.</summary>
    public List<ulong?> Seeds { get; } = [];

    public float[] Reset(ulong? seed = null)
    {
        Seeds.Add(seed);
        if (seed is ulong given) _random = new SeededRandom(given, RandomStream.Environment);
        _step = 0;
        return Observe();
    }

    public StepResult Step(ReadOnlySpan<float> action)
    {
        if (_step < 0 || _step >= steps) throw new InvalidOperationException("Reset first.");
        double error = action[0] - 2 * _observation[0];
        bool last = ++_step == steps;
        return new StepResult(Observe(), -rewardScale * error * error, last && terminates, last && !terminates);
    }

    private float[] Observe() => [.. _observation = ObservationSpace.Sample(_random)];
}
