using Ddpg.Acceleration;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ddpg.Networks;

/// <summary>The part that policy and Q-network share: a chain of linear layers, each with its layer normalisation where that is on.</summary>
internal static class HiddenLayers
{
    public static (ModuleList<Linear> Layers, ModuleList<LayerNorm>? Norms) Make(long inputSize, LayerSizes sizes, bool layerNorm, ScalarType dtype, Device? device)
    {
        var layers = new ModuleList<Linear>();
        ModuleList<LayerNorm>? norms = layerNorm ? new ModuleList<LayerNorm>() : null;
        foreach (int size in sizes)
        {
            layers.Add(Linear(inputSize, size, dtype: dtype, device: device));
            norms?.Add(LayerNorm(size, dtype: dtype, device: device));
            inputSize = size;
        }
        return (layers, norms);
    }

    /// <summary>Where each layer's weights lie in the flat array; the last one has no normalisation.</summary>
    public static LayerPlan[] Plan(FlatWeights weights, IReadOnlyList<Linear> layers, IReadOnlyList<LayerNorm>? norms) => [.. layers.Select((layer, i) =>
    {
        LayerNorm? norm = i < layers.Count - 1 ? norms?[i] : null;
        return new LayerPlan(
            (int)layer.weight.shape[1], (int)layer.weight.shape[0], weights.OffsetOf(layer.weight), weights.OffsetOf(layer.bias!),
            norm is null ? -1 : weights.OffsetOf(norm.weight!), norm is null ? -1 : weights.OffsetOf(norm.bias!));
    })];
}
