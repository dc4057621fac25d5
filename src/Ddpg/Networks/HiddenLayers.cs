using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ddpg.Networks;

/// <summary>The part that policy and Q-network share: a chain of linear layers, each with its layer normalisation where that is on.</summary>
internal static class HiddenLayers
{
    public static (ModuleList<Linear> Layers, ModuleList<LayerNorm>? Norms) Make(long inputSize, LayerSizes sizes, bool layerNorm, ScalarType dtype)
    {
        var layers = new ModuleList<Linear>();
        ModuleList<LayerNorm>? norms = layerNorm ? new ModuleList<LayerNorm>() : null;
        foreach (int size in sizes)
        {
            layers.Add(Linear(inputSize, size, dtype: dtype));
            norms?.Add(LayerNorm(size, dtype: dtype));
            inputSize = size;
        }
        return (layers, norms);
    }
}
