using Ddpg.Acceleration;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Ddpg.Networks;

/// <summary>The deterministic policy μ_θ (the actor): <c>μ(s) = h·tanh(f(s)) + c</c>, with the action space's half range h and centre c, so that every action of the space can be reached.</summary>
/// <remarks>Takes observations (B, observation), returns actions (B, action) in the environment's units. The post's listing leaves h and c out, which limits the pendulum to half its torque.</remarks>
public sealed class Policy : Module<Tensor, Tensor>
{
    // RegisterComponents takes modules and buffers from the fields and their keys from the fields' names; these are the post's.
    private readonly ModuleList<Linear> layers;
    private readonly ModuleList<LayerNorm>? norms;
    private readonly Linear fc_mu;
    private readonly Tanh tanh_mu;
    private readonly Tensor action_half_range, action_center;

    /// <summary>Makes a policy between two spaces.</summary>
    /// <param name="observationSpace">What it is given; only the length matters.</param>
    /// <param name="actionSpace">What it returns, bounded on both sides.</param>
    /// <param name="hyperparameters">Hidden sizes, initialisation and layer normalisation.</param>
    /// <param name="random">Draws the first weights; null leaves the library's own, for a network that is about to be loaded or copied.</param>
    /// <param name="dtype">Float32 by default; Float64 for gradient checks.</param>
    /// <param name="device">Where the weights lie; null is the CPU.</param>
    /// <exception cref="InvalidOperationException">The action space has an infinite bound.</exception>
    public Policy(Box observationSpace, Box actionSpace, Hyperparameters hyperparameters, SeededRandom? random = null, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(Policy))
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        ArgumentNullException.ThrowIfNull(hyperparameters);
        (layers, norms) = HiddenLayers.Make(observationSpace.Length, hyperparameters.HiddenSizes, hyperparameters.PolicyLayerNorm, dtype, device);
        fc_mu = Linear(hyperparameters.HiddenSizes[^1], actionSpace.Length, dtype: dtype, device: device);
        tanh_mu = Tanh();
        action_half_range = tensor(actionSpace.HalfRange, dtype: dtype, device: device);
        action_center = tensor(actionSpace.Center, dtype: dtype, device: device);
        Weights = new FlatWeights([.. layers, .. norms ?? [], fc_mu]);
        Plan = HiddenLayers.Plan(Weights, [.. layers, fc_mu], norms is null ? null : [.. norms]);
        RegisterComponents();
        if (random is not null)
            LayerInitializer.Initialize(layers, fc_mu, hyperparameters.WeightInitialization, hyperparameters.BiasInitialization, random);
    }

    /// <summary>All weights in one tensor, of which the parameters are views.</summary>
    internal FlatWeights Weights { get; }

    /// <summary>Where each layer's weights lie in <see cref="Weights"/>.</summary>
    internal LayerPlan[] Plan { get; }

    /// <summary>The actions for a batch of observations.</summary>
    /// <param name="observation">(B, observation).</param>
    /// <returns>(B, action), in the environment's units.</returns>
    public override Tensor forward(Tensor observation)
    {
        Tensor x = observation;
        for (int i = 0; i < layers.Count; i++)
        {
            x = layers[i].call(x);
            if (norms is not null) x = norms[i].call(x);
            x = F.relu(x, inplace: true);      // nobody needs the values before it, so their memory takes the result
        }
        // h·tanh(x) + c; addcmul takes a scalar that lives on, while a + b makes a temporary one (see Scalars).
        return addcmul(action_center, tanh_mu.call(fc_mu.call(x)), action_half_range, Scalars.One);
    }

    /// <summary>The structure, one layer a line, as PyTorch prints it.</summary>
    public override string ToString() => new ModulePrinter(nameof(Policy)).List(nameof(layers), layers).List(nameof(norms), norms).Add(nameof(fc_mu), fc_mu).Add(nameof(tanh_mu), tanh_mu).ToString();
}
