using Ddpg.Acceleration;
using Ddpg.Agents;
using Ddpg.Networks;
using Ddpg.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Exploration;

/// <summary>A copy of an agent's policy whose weights can be disturbed. It sees observations as the agent's own networks do.</summary>
internal sealed class PerturbedPolicy
{
    private readonly DdpgAgent _agent;
    private readonly Policy _policy;
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly PolicyForward _forward;
    private float[] _observations = [], _weights = [];

    public PerturbedPolicy(DdpgAgent agent)
    {
        _agent = agent;
        _policy = new Policy(agent.ObservationSpace, agent.ActionSpace, agent.Hyperparameters);
        _forward = new PolicyForward(_policy, agent.ActionSpace);
        _parameters = [.. _policy.named_parameters().Select(pair => (pair.name, pair.parameter))];
        foreach ((_, Parameter parameter) in _parameters) parameter.requires_grad = false;
        Count = _parameters.Sum(pair => (int)pair.Parameter.numel());
    }

    /// <summary>How many weights.</summary>
    public int Count { get; }

    /// <summary>θ̃ ← θ</summary>
    public void Copy(Policy source) => Perturb(source, 0, null);

    /// <summary>θ̃ ← θ + σε, with ε only on linear layers. The draws come in the parameters' order, so one seed gives one policy.</summary>
    public void Perturb(Policy source, double sigma, SeededRandom? random)
    {
        using (no_grad())
        {
            foreach (((string name, Parameter to), Parameter from) in _parameters.Zip(source.parameters()))
            {
                Span<float> weights = Buffer((int)to.numel());
                using Tensor local = from.detach().cpu();
                local.data<float>().CopyTo(weights);
                if (random is not null && !IsNormalisation(name))
                {
                    for (int i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] + sigma * random.NextNormal());
                }
                to.data<float>().CopyFrom(weights);
            }
        }
    }

    /// <summary>Actions for raw observations, row after row; may exceed the space by a rounding.</summary>
    public void Act(ReadOnlySpan<float> observations, int rows, Span<float> actions)
    {
        if (_observations.Length != observations.Length) _observations = new float[observations.Length];
        _agent.Normalize(observations, _observations);
        _forward.Run(_observations, rows, actions);
    }

    /// <summary>All weights, parameter after parameter.</summary>
    public float[] Weights()
    {
        List<float> all = [];
        foreach ((_, Parameter parameter) in _parameters) all.AddRange(parameter.data<float>().ToArray());
        return [.. all];
    }

    /// <summary>Takes up what <see cref="Weights"/> returned.</summary>
    public void Load(ReadOnlySpan<float> weights)
    {
        using (no_grad())
        {
            foreach ((_, Parameter parameter) in _parameters)
            {
                int count = (int)parameter.numel();
                parameter.data<float>().CopyFrom(weights[..count]);
                weights = weights[count..];
            }
        }
    }

    // The field of Policy that holds its LayerNorm modules gives their parameters' names.
    private static bool IsNormalisation(string name) => name.StartsWith("norms.", StringComparison.Ordinal);

    private Span<float> Buffer(int length)
    {
        if (_weights.Length < length) _weights = new float[length];
        return _weights.AsSpan(0, length);
    }
}
