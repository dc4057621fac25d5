using Ddpg.Acceleration;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Ddpg.Networks;

/// <summary>The Q-network Q_φ (a critic): the discounted return to expect from taking an action and following the policy afterwards.</summary>
/// <remarks>
/// Takes observations (B, observation) and actions (B, action), both in the environment's units, and returns values (B, 1). Its first layer sees the action scaled to [−1, 1] by the
/// action space, <c>ã = (a − c)/h</c> with half range h and centre c: in raw units a torque of ±2000 would drown every observation, and one of ±0.02 would not be seen.
/// </remarks>
public sealed class QNetwork : Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<Linear> layers;
    private readonly ModuleList<LayerNorm>? norms;
    private readonly Tensor action_half_range, action_center;
    private readonly bool _isScaled;

    /// <summary>Makes a Q-network of observations and actions.</summary>
    /// <param name="observationSpace">The observations; only the length matters.</param>
    /// <param name="actionSpace">The actions, bounded on both sides.</param>
    /// <param name="hyperparameters">Hidden sizes, initialisation and layer normalisation.</param>
    /// <param name="random">Draws the first weights; null leaves the library's own, for a network that is about to be loaded or copied.</param>
    /// <param name="dtype">Float32 by default; Float64 for gradient checks.</param>
    /// <param name="device">Where the weights lie; null is the CPU.</param>
    /// <exception cref="InvalidOperationException">The action space has an infinite bound.</exception>
    public QNetwork(Box observationSpace, Box actionSpace, Hyperparameters hyperparameters, SeededRandom? random = null, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(QNetwork))
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        ArgumentNullException.ThrowIfNull(hyperparameters);
        (layers, norms) = HiddenLayers.Make(observationSpace.Length + actionSpace.Length, hyperparameters.HiddenSizes, hyperparameters.CriticLayerNorm, dtype, device);
        layers.Add(Linear(hyperparameters.HiddenSizes[^1], 1, dtype: dtype, device: device));
        // A number that cannot vary has no range to divide by.
        action_half_range = tensor([.. actionSpace.HalfRange.Select(half => half == 0 ? 1 : half)], dtype: dtype, device: device);
        action_center = tensor(actionSpace.Center, dtype: dtype, device: device);
        _isScaled = actionSpace.Center.Any(center => center != 0) || actionSpace.HalfRange.Any(half => half != 1);
        Weights = new FlatWeights([.. layers, .. norms ?? []]);
        Plan = HiddenLayers.Plan(Weights, [.. layers], norms is null ? null : [.. norms]);
        RegisterComponents();
        if (random is not null)
            LayerInitializer.Initialize(layers.Take(layers.Count - 1), layers[^1], hyperparameters.WeightInitialization, hyperparameters.BiasInitialization, random);
    }

    /// <summary>All weights in one tensor, of which the parameters are views.</summary>
    internal FlatWeights Weights { get; }

    /// <summary>Where each layer's weights lie in <see cref="Weights"/>.</summary>
    internal LayerPlan[] Plan { get; }

    /// <summary>The values of a batch of observations and actions.</summary>
    /// <param name="observation">(B, observation).</param>
    /// <param name="action">(B, action), in the environment's units.</param>
    /// <returns>(B, 1).</returns>
    public override Tensor forward(Tensor observation, Tensor action)
    {
        Tensor scaled = _isScaled ? (action - action_center) / action_half_range : action;
        Tensor x = cat([observation, scaled], 1);
        for (int i = 0; i < layers.Count - 1; i++)
        {
            x = layers[i].call(x);
            if (norms is not null) x = norms[i].call(x);
            x = F.relu(x, inplace: true);      // nobody needs the values before it, so their memory takes the result
        }
        return layers[^1].call(x);      // no activation on the last layer: a value may be any number
    }

    /// <summary>The structure, one layer a line, as PyTorch prints it.</summary>
    public override string ToString() => new ModulePrinter(nameof(QNetwork)).List(nameof(layers), layers).List(nameof(norms), norms).ToString();
}
