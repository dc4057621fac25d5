using Ddpg.Agents;
using Ddpg.Randomness;
using Ddpg.Replay;

namespace Ddpg.Exploration;

/// <summary>
/// Explores with another policy instead of another action: <c>θ̃ = θ + σε</c>, ε ~ N(0, I), drawn anew for each episode and held for its length
/// (Plappert et al. 2018). The same observation then gets the same action all episode long, as a determined person would act.
/// </summary>
/// <remarks>
/// <para><b>Adaptation.</b> What a σ does to the actions depends on the network and changes as it learns. So every <see cref="AdaptInterval"/> updates a second
/// copy is perturbed with the present σ, and the distance of its actions is measured on the minibatch:
/// <c>d = √(mean over batch and action dimensions of ((μ_θ(s) − μ_θ̃(s))/h)²)</c>, with the action's half range h. Then <c>σ ← 1.01σ</c> if d ≤ δ, else <c>σ ← σ/1.01</c>.
/// δ is a standard deviation in half ranges, as <see cref="NormalActionNoise"/>'s σ is. Two copies on purpose: measuring on the acting one would tie σ to one draw.</para>
/// <para><b>What is perturbed.</b> Weights and biases of all linear layers; gains and offsets of layer normalisation are left alone. One σ suits all layers only
/// with layer normalisation (<see cref="Hyperparameters.PolicyLayerNorm"/>), and only when the observations share one scale
/// (<see cref="Hyperparameters.ObservationNormalization"/>): without it the mountain car's goal is never found.</para>
/// <para>The agent itself, its targets and its evaluation stay unperturbed.</para>
/// </remarks>
public sealed class AdaptiveParameterNoise : IExploration
{
    private readonly DdpgAgent _agent;
    private readonly SeededRandom _random;
    private readonly PerturbedPolicy _acting, _measuring;
    private readonly double[] _halfRange;
    private float[] _actions = [], _perturbedActions = [];
    private long _updates;
    private bool _drawn;

    /// <summary>Makes the noise for one agent.</summary>
    /// <param name="agent">The agent whose policy is perturbed.</param>
    /// <param name="random">Where ε comes from; give exploration a stream of its own.</param>
    /// <param name="targetDeviation">δ, the wanted standard deviation of the actions in half ranges; above 0. Baselines: 0.2; sparse tasks 0.6.</param>
    /// <param name="initialSigma">σ of the first episodes; above 0. Baselines starts at 0.2 or 0.1.</param>
    /// <param name="factor">By what σ grows or shrinks, above 1. The paper: 1.01.</param>
    /// <param name="adaptInterval">Updates between two adaptations, at least 1. Baselines: 50.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public AdaptiveParameterNoise(
        DdpgAgent agent, SeededRandom random, double targetDeviation = 0.2, double initialSigma = 0.2, double factor = 1.01, int adaptInterval = 50)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(random);
        if (!(targetDeviation > 0) || double.IsInfinity(targetDeviation))
            throw new ArgumentOutOfRangeException(nameof(targetDeviation), targetDeviation, "The target deviation must be finite and above 0; 0.2 is usual, 0.6 on sparse tasks.");
        if (!(initialSigma > 0) || double.IsInfinity(initialSigma))
            throw new ArgumentOutOfRangeException(nameof(initialSigma), initialSigma, "The initial sigma must be finite and above 0.");
        if (!(factor > 1) || double.IsInfinity(factor)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be finite and above 1; 1.01 is the paper's.");
        ArgumentOutOfRangeException.ThrowIfLessThan(adaptInterval, 1);
        (_agent, _random, _halfRange) = (agent, random, agent.ActionSpace.HalfRange);
        (_acting, _measuring) = (new PerturbedPolicy(agent), new PerturbedPolicy(agent));
        (TargetDeviation, Sigma, Factor, AdaptInterval) = (targetDeviation, initialSigma, factor, adaptInterval);
    }

    /// <summary>δ, the wanted standard deviation of the actions, in half ranges.</summary>
    public double TargetDeviation { get; }

    /// <summary>By what σ grows or shrinks at an adaptation.</summary>
    public double Factor { get; }

    /// <summary>Updates between two adaptations.</summary>
    public int AdaptInterval { get; }

    /// <summary>σ, the present spread of the weights.</summary>
    public double Sigma { get; private set; }

    /// <summary>d as last measured, in half ranges; NaN before the first measurement.</summary>
    public double LastDistance { get; private set; } = double.NaN;

    /// <summary>Draws the policy that acts in the coming episode.</summary>
    public void Reset()
    {
        _acting.Perturb(_agent.Policy, Sigma, _random);
        _drawn = true;
    }

    /// <summary>Puts the perturbed policy's action in place of the policy's.</summary>
    /// <param name="observation">What the agent sees, raw.</param>
    /// <param name="action">Overwritten.</param>
    /// <exception cref="ArgumentException">The action's length is not the action space's.</exception>
    public void Apply(ReadOnlySpan<float> observation, Span<float> action)
    {
        NoiseChecks.Length(action.Length, _agent.ActionSpace);
        if (!_drawn) Reset();
        _acting.Act(observation, 1, action);
        _agent.ActionSpace.Clip(action);
    }

    /// <summary>At every <see cref="AdaptInterval"/>-th update: measures how far the actions are moved, and adapts σ.</summary>
    /// <param name="minibatch">The minibatch of the update just made.</param>
    public void AfterUpdate(Minibatch minibatch)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        if (++_updates % AdaptInterval != 0) return;
        LastDistance = MeasureDistance(minibatch);
        Sigma = LastDistance <= TargetDeviation ? Sigma * Factor : Sigma / Factor;
    }

    /// <summary>d for the present σ, on a freshly perturbed copy.</summary>
    /// <param name="minibatch">Whose observations.</param>
    public double MeasureDistance(Minibatch minibatch)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        int count = minibatch.Size * _halfRange.Length;
        if (_actions.Length != count) (_actions, _perturbedActions) = (new float[count], new float[count]);
        _measuring.Perturb(_agent.Policy, Sigma, _random);
        _measuring.Act(minibatch.Observations, minibatch.Size, _perturbedActions);
        _measuring.Copy(_agent.Policy);
        _measuring.Act(minibatch.Observations, minibatch.Size, _actions);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double moved = ((double)_actions[i] - _perturbedActions[i]) / _halfRange[i % _halfRange.Length];
            sum += moved * moved;
        }
        return Math.Sqrt(sum / count);
    }

    /// <inheritdoc/>
    public double[] Save() => [Sigma, _updates, _drawn ? 1 : 0, .. _acting.Weights().Select(weight => (double)weight)];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state)
    {
        NoiseChecks.SavedState(state, 3 + _acting.Count);
        (Sigma, _updates, _drawn) = (state[0], (long)state[1], state[2] != 0);
        float[] weights = new float[_acting.Count];
        for (int i = 0; i < weights.Length; i++) weights[i] = (float)state[3 + i];
        _acting.Load(weights);
    }
}
