using Ddpg.Randomness;

namespace Ddpg.Agents;

/// <summary>
/// Target policy smoothing (TD3, Fujimoto et al. 2018, §5.3): <c>ã = clip(μ'(s') + clip(ε, −κ, κ), −1, 1)</c>, ε ~ N(0, σ̃²), in scaled actions.
/// A small change of the action should not change the value much.
/// </summary>
internal sealed class TargetSmoothing(Hyperparameters hyperparameters, ulong seed)
{
    private readonly SeededRandom _random = new(seed, RandomStream.TargetSmoothing);

    /// <summary>Where the draws stand.</summary>
    public RandomState State { get => _random.State; set => _random.State = value; }

    public bool IsOn => hyperparameters.TargetNoiseStd > 0;

    /// <summary>Adds noise to scaled actions, in place; nothing where smoothing is off.</summary>
    public void Apply(Span<float> actions)
    {
        if (!IsOn) return;
        (double std, double clip) = (hyperparameters.TargetNoiseStd, hyperparameters.TargetNoiseClip);
        foreach (ref float action in actions)
            action = Math.Clamp(action + (float)Math.Clamp(std * _random.NextNormal(), -clip, clip), -1, 1);
    }
}
