using Ddpg.Acceleration;
using Ddpg.Files;
using Ddpg.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ddpg.Agents;

/// <summary>
/// Adam (Kingma and Ba 2014, algorithm 1) over all weights of a network at once:
/// <c>m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  θ ← θ − lr/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε)</c>.
/// </summary>
/// <remarks>
/// TorchSharp's own optimizers make temporary scalars (see <see cref="Scalars"/>); here none is temporary. update steps the same moments in one pass (<see cref="AdamKernel"/>).
/// </remarks>
internal sealed unsafe class FlatAdam
{
    private static readonly Scalar Beta1 = AdamStep.Beta1, Rest1 = 1 - AdamStep.Beta1, Beta2 = AdamStep.Beta2, Rest2 = 1 - AdamStep.Beta2, Epsilon = AdamStep.Epsilon;

    private readonly FlatWeights _weights;
    private readonly double _learningRate, _weightDecay;
    private readonly Scalar _decay;
    private readonly Tensor _mean, _square;
    private float* _meanData, _squareData;
    private long _steps;

    /// <summary>Makes an optimizer that has made no step.</summary>
    /// <param name="weights">What it changes.</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="weightDecay">L2 penalty, added to the gradient as PyTorch's Adam does; 0 for none.</param>
    public FlatAdam(FlatWeights weights, double learningRate, double weightDecay = 0)
    {
        (_weights, _learningRate, _weightDecay, _decay) = (weights, learningRate, weightDecay, weightDecay);
        _mean = zeros_like(weights.Values).DetachFromDisposeScope();
        _square = zeros_like(weights.Values).DetachFromDisposeScope();
    }

    /// <summary>One step, in TorchSharp, on any device.</summary>
    /// <param name="gradient">∂L/∂θ, as long as the weights; with weight decay it is overwritten.</param>
    public void Step(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        using var untracked = no_grad();
        AdamStep step = AdamStep.At(++_steps, _learningRate, _weightDecay);
        // Disposed at the end of the method and so alive until then.
        using Scalar rootScale = step.RootScale, stepSize = -step.StepSize;
        if (_weightDecay != 0) gradient.add_(_weights.Values, _decay);
        _mean.mul_(Beta1).add_(gradient, Rest1);
        _square.mul_(Beta2).addcmul_(gradient, gradient, Rest2);
        Tensor divisor = _square.sqrt().mul_(rootScale).add_(Epsilon, Scalars.One);
        _weights.Values.addcdiv_(_mean, divisor, stepSize);
    }

    /// <summary>The same step, fused, on the CPU.</summary>
    /// <param name="gradient">∂L/∂θ, as long as the weights.</param>
    public void Step(float* gradient)
    {
        if (_meanData == null)
        {
            _meanData = FlatWeights.DataOf(_mean);
            _squareData = FlatWeights.DataOf(_square);
        }
        AdamKernel.Run(AdamStep.At(++_steps, _learningRate, _weightDecay), _weights.Data, gradient, _meanData, _squareData, _weights.Count);
    }

    /// <summary>Writes counter and moments.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_steps);
        writer.WriteTensor(_mean);
        writer.WriteTensor(_square);
    }

    /// <summary>Takes up what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The moments are those of another network.</exception>
    public void Read(BinaryReader reader)
    {
        _steps = reader.ReadInt64();
        reader.ReadTensor(_mean);
        reader.ReadTensor(_square);
    }
}
