using Ddpg.Environments;

namespace Ddpg.Tests.Training;

/// <summary>An environment with something wrong laid over it.</summary>
internal sealed class OddEnvironment(IEnvironment inner) : IEnvironment
{
    private readonly float[] _shared = new float[inner.ObservationSpace.Length];

    /// <summary>Fills one array anew in each step.</summary>
    public bool OneArray { get; init; }

    /// <summary>What the agent is shown in place of the observation.</summary>
    public Func<float[], float[]> Show { get; init; } = observation => observation;

    /// <summary>What it is paid in place of the reward.</summary>
    public Func<StepResult, double> Pay { get; init; } = step => step.Reward;

    public string Id => inner.Id;

    public Box ObservationSpace { get; init; } = inner.ObservationSpace;

    public Box ActionSpace => inner.ActionSpace;

    public int MaxEpisodeSteps => inner.MaxEpisodeSteps;

    public float[] Reset(ulong? seed = null) => Handed(inner.Reset(seed));

    public StepResult Step(ReadOnlySpan<float> action)
    {
        StepResult step = inner.Step(action);
        return step with { Observation = Handed(step.Observation), Reward = Pay(step) };
    }

    private float[] Handed(float[] observation)
    {
        float[] shown = Show(observation);
        if (!OneArray) return shown;
        shown.CopyTo(_shared, 0);
        return _shared;
    }
}
