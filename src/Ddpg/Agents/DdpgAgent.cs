using Ddpg.Acceleration;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Numerics;
using Ddpg.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Agents;

/// <summary>
/// Deep Deterministic Policy Gradient (Lillicrap et al. 2016): a policy, one or more critics, their target networks and their optimizers.
/// It knows no environment, no replay buffer and no exploration noise. Not safe for two threads at once.
/// </summary>
/// <remarks>
/// <see cref="Update"/> is Algorithm 1 in TorchSharp. By default (<see cref="UpdateMethod.Fused"/>) the same update is computed by <see cref="FusedUpdate"/>, faster and to the same bits on every
/// machine; <see cref="Hyperparameters.UpdateBy"/> chooses, and the tests hold the two together.
/// </remarks>
public sealed partial class DdpgAgent
{
    private readonly MinibatchTensors _minibatch = new();
    private readonly FlatAdam _policyOptimizer;
    private readonly FlatAdam[] _criticOptimizers;
    private readonly Parameter[] _criticParameters;
    private readonly TargetSmoothing _smoothing;
    private readonly FusedUpdate? _fused;
    private readonly PolicyForward _acting;
    private readonly Device _device;
    private readonly ObservationNormalizer? _normalizer;
    private readonly float[] _normalized;

    /// <summary>Makes an untrained agent.</summary>
    /// <param name="observationSpace">What the environment shows; only the length matters.</param>
    /// <param name="actionSpace">What the environment accepts, bounded on both sides.</param>
    /// <param name="hyperparameters">Networks, learning rates and switches.</param>
    /// <param name="seed">Root seed of the initial weights and of target smoothing.</param>
    /// <exception cref="InvalidOperationException">The action space has an infinite bound.</exception>
    public DdpgAgent(Box observationSpace, Box actionSpace, Hyperparameters hyperparameters, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        ArgumentNullException.ThrowIfNull(hyperparameters);
        (ObservationSpace, ActionSpace, Hyperparameters, Seed) = (observationSpace, actionSpace, hyperparameters, seed);
        _device = TensorDevice.Of(hyperparameters);
        _smoothing = new TargetSmoothing(hyperparameters, seed);
        _normalizer = hyperparameters.ObservationNormalization ? new ObservationNormalizer(observationSpace.Length) : null;
        _normalized = new float[observationSpace.Length];

        var random = new SeededRandom(seed, RandomStream.WeightInitialization);
        Policy = new Policy(observationSpace, actionSpace, hyperparameters, random, device: _device);
        QNetworks = [.. Enumerable.Range(0, hyperparameters.Critics).Select(_ => new QNetwork(observationSpace, actionSpace, hyperparameters, random, device: _device))];

        // Target networks start as exact copies and are never trained.
        TargetPolicy = new Policy(observationSpace, actionSpace, hyperparameters, device: _device);
        Copy(Policy.Weights, TargetPolicy.Weights);
        TargetQNetworks = [.. QNetworks.Select(_ => new QNetwork(observationSpace, actionSpace, hyperparameters, device: _device))];
        foreach ((QNetwork critic, QNetwork target) in QNetworks.Zip(TargetQNetworks))
            Copy(critic.Weights, target.Weights);

        _criticParameters = [.. QNetworks.SelectMany(critic => critic.parameters())];
        _weights = [.. NameWeights()];
        _policyOptimizer = new FlatAdam(Policy.Weights, hyperparameters.PolicyLearningRate);
        _criticOptimizers = [.. QNetworks.Select(critic => new FlatAdam(critic.Weights, hyperparameters.CriticLearningRate, hyperparameters.CriticWeightDecay))];
        _acting = new PolicyForward(Policy, actionSpace);
        if (hyperparameters.UpdateBy == UpdateMethod.Fused)
            _fused = new FusedUpdate(this, _policyOptimizer, _criticOptimizers, _smoothing);
    }

    /// <summary>What the agent is given.</summary>
    public Box ObservationSpace { get; }

    /// <summary>What the agent returns.</summary>
    public Box ActionSpace { get; }

    /// <summary>The settings it was made with.</summary>
    public Hyperparameters Hyperparameters { get; private set; }

    /// <summary>The root seed it was made with.</summary>
    public ulong Seed { get; }

    /// <summary>μ_θ.</summary>
    public Policy Policy { get; }

    /// <summary>μ_θ', the policy's slow copy.</summary>
    public Policy TargetPolicy { get; }

    /// <summary>Q_φ; with several critics the first, which the policy follows.</summary>
    public QNetwork QNetwork => QNetworks[0];

    /// <summary>Q_φ', the slow copy of <see cref="QNetwork"/>.</summary>
    public QNetwork TargetQNetwork => TargetQNetworks[0];

    /// <summary>All critics; one in DDPG, two in TD3.</summary>
    public IReadOnlyList<QNetwork> QNetworks { get; }

    /// <summary>The slow copies of all critics.</summary>
    public IReadOnlyList<QNetwork> TargetQNetworks { get; }

    /// <summary>The running statistics of the observations; null unless <see cref="Hyperparameters.ObservationNormalization"/> is on.</summary>
    public ObservationNormalizer? Normalizer => _normalizer;

    /// <summary>How many updates were made.</summary>
    public long Updates { get; private set; }

    /// <summary>Takes an observation met in training into the running statistics; does nothing unless <see cref="Hyperparameters.ObservationNormalization"/> is on.</summary>
    /// <param name="observation">One raw observation; never one of an evaluation.</param>
    public void Observe(ReadOnlySpan<float> observation) => _normalizer?.Observe(observation);

    /// <summary>What the networks see of raw observations: the same numbers, or normalised ones where <see cref="Hyperparameters.ObservationNormalization"/> is on.</summary>
    /// <param name="observations">Raw, one or many, row after row.</param>
    /// <param name="destination">As long.</param>
    public void Normalize(ReadOnlySpan<float> observations, Span<float> destination)
    {
        if (_normalizer is null)
            observations.CopyTo(destination);
        else
            _normalizer.Normalize(observations, destination);
    }

    /// <summary>The policy's action, without exploration noise.</summary>
    /// <param name="observation">One observation, raw.</param>
    /// <returns>One action in the environment's units; the caller's own.</returns>
    /// <exception cref="ArgumentException">The observation's length is not the observation space's.</exception>
    public float[] Act(ReadOnlySpan<float> observation)
    {
        float[] action = new float[ActionSpace.Length];
        Act(observation, action);
        return action;
    }

    /// <summary>Writes the policy's action, without exploration noise.</summary>
    /// <param name="observation">One observation, raw.</param>
    /// <param name="action">Where to; as long as an action.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Act(ReadOnlySpan<float> observation, Span<float> action)
    {
        if (observation.Length != ObservationSpace.Length)
            throw new ArgumentException($"The observation has {observation.Length} numbers; this agent was made for {ObservationSpace.Length}.", nameof(observation));
        if (action.Length != ActionSpace.Length)
            throw new ArgumentException($"The action has {action.Length} numbers; this agent was made for {ActionSpace.Length}.", nameof(action));
        Normalize(observation, _normalized);
        _acting.Run(_normalized, 1, action);
        // h·tanh + c in float32 may step over a bound by one rounding.
        ActionSpace.Clip(action);
    }

    private static void Copy(FlatWeights source, FlatWeights target)
    {
        using var untracked = no_grad();
        target.Values.copy_(source.Values);
        SetRequiresGrad(target.Parameters, false);
    }

    private static void SetRequiresGrad(IEnumerable<Parameter> parameters, bool value)
    {
        foreach (Parameter parameter in parameters)
            parameter.requires_grad = value;
    }
}
