using Ddpg.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Networks;

/// <summary>Fills a network's first weights from the run's own random stream, so that the same seed starts the same network on every machine.</summary>
public static class LayerInitializer
{
    private const double PaperLastLayer = 3e-3;

    /// <summary>Fills the weights and biases of <paramref name="hidden"/>, in order, then of <paramref name="last"/>.</summary>
    /// <param name="hidden">The hidden layers, input side first.</param>
    /// <param name="last">The output layer; only <see cref="WeightInitialization.Paper"/> treats it differently.</param>
    /// <param name="weights">The scheme of the weights.</param>
    /// <param name="biases">The scheme of the biases.</param>
    /// <param name="random">The stream to draw from; give networks <see cref="RandomStream.WeightInitialization"/>.</param>
    public static void Initialize(IEnumerable<Linear> hidden, Linear last, WeightInitialization weights, BiasInitialization biases, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(random);
        foreach (Linear layer in hidden)
            Fill(layer, weights, biases, random, isLast: false);
        Fill(last, weights, biases, random, isLast: true);
    }

    private static void Fill(Linear layer, WeightInitialization weights, BiasInitialization biases, SeededRandom random, bool isLast)
    {
        // A Linear's weight is (outputs, inputs): taking shape[0] for fan_in is a common slip.
        (long fanOut, long fanIn) = (layer.weight.shape[0], layer.weight.shape[1]);
        double byFanIn = isLast && weights == WeightInitialization.Paper ? PaperLastLayer : 1 / Math.Sqrt(fanIn);
        Fill(layer.weight, weights == WeightInitialization.Xavier ? Math.Sqrt(6.0 / (fanIn + fanOut)) : byFanIn, random);
        if (layer.bias is { } bias)
            Fill(bias, biases == BiasInitialization.Zeros ? 0 : byFanIn, random);
    }

    private static void Fill(Tensor destination, double bound, SeededRandom random)
    {
        float[] values = new float[destination.numel()];
        if (bound > 0)
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)random.NextUniform(-bound, bound);
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
            destination.copy_(tensor(values, destination.shape, dtype: destination.dtype));
    }
}
