using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ddpg.Networks;

/// <summary>Lets a target network follow its source: <c>θ' ← τθ + (1 − τ)θ'</c>, for every parameter.</summary>
public static class SoftUpdate
{
    /// <summary>Moves each parameter of <paramref name="target"/> the fraction <paramref name="tau"/> of the way to its source.</summary>
    /// <param name="source">The trained network θ.</param>
    /// <param name="target">The target network θ', of the same structure; changed in place, outside of autograd.</param>
    /// <param name="tau">τ in [0, 1]: 1 copies, 0 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is NaN or outside [0, 1].</exception>
    /// <exception cref="ArgumentException">The two networks have different parameters.</exception>
    public static void Apply(Module source, Module target, double tau)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        Apply([.. source.parameters()], [.. target.parameters()], tau);
    }

    /// <summary>The same for all weights of a network at once.</summary>
    internal static void Apply(FlatWeights source, FlatWeights target, double tau)
    {
        using Scalar share = tau, rest = 1 - tau;
        using var scope = NewDisposeScope();
        using (no_grad())
            target.Values.mul_(rest).add_(source.Values, alpha: share);
    }

    /// <inheritdoc cref="Apply(Module, Module, double)"/>
    public static void Apply(IReadOnlyList<Parameter> source, IReadOnlyList<Parameter> target, double tau)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (tau is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(tau), tau, "The soft-update rate must lie in [0, 1]; 0.005 is usual.");
        if (source.Count != target.Count)
            throw new ArgumentException($"The source has {source.Count} parameters and the target {target.Count}; a target network needs its source's structure.", nameof(target));
        for (int i = 0; i < source.Count; i++)
            if (!source[i].shape.AsSpan().SequenceEqual(target[i].shape))
                throw new ArgumentException($"Parameter {i} has shape ({string.Join(", ", source[i].shape)}) in the source and ({string.Join(", ", target[i].shape)}) in the target.", nameof(target));

        // Scalars that live to the end of the method: TorchSharp may free a temporary one while native code still reads it.
        using Scalar share = tau, rest = 1 - tau;
        using var scope = NewDisposeScope();
        using (no_grad())
            for (int i = 0; i < source.Count; i++)
                target[i].mul_(rest).add_(source[i], alpha: share);
    }
}
