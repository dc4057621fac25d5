using System.Runtime.CompilerServices;
using Ddpg.Networks;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ddpg.Agents;

/// <summary>
/// The equations of an update. Values, rewards and masks are all (B, 1), and anything else is refused: tensors would broadcast (B, 1) against (B)
/// to (B, B) in silence, and the agent would learn the average of everything.
/// </summary>
public static class Losses
{
    /// <summary>The targets of the critic: <c>y = r + γ(1 − d)·Q'(s', μ'(s'))</c>, d = 1 where the next state is terminal (never for a time limit).</summary>
    /// <param name="reward">r, (B, 1).</param>
    /// <param name="terminated">d, (B, 1), 0 or 1.</param>
    /// <param name="nextValue">Q'(s', μ'(s')) of the target networks, (B, 1).</param>
    /// <param name="discount">γ in [0, 1].</param>
    /// <returns>y, (B, 1).</returns>
    /// <exception cref="ArgumentException">A shape is not (B, 1), or two differ.</exception>
    public static Tensor Targets(Tensor reward, Tensor terminated, Tensor nextValue, double discount)
    {
        Column(reward);
        Same(reward, terminated);
        Same(reward, nextValue);
        using Scalar minusDiscount = -discount, gamma = discount;
        // γ − γd instead of γ(1 − d), and no a + b: see Scalars.
        Tensor weight = terminated.mul(minusDiscount).add_(gamma, Scalars.One);
        return addcmul(reward, weight, nextValue, Scalars.One);
    }

    /// <summary>The critic's loss: <c>L(φ) = 1/B Σ (Q(s, a) − y)²</c>.</summary>
    /// <param name="q">Q(s, a), (B, 1).</param>
    /// <param name="y">The targets, (B, 1), without gradient.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ArgumentException">A shape is not (B, 1), or the two differ.</exception>
    public static Tensor CriticLoss(Tensor q, Tensor y)
    {
        Same(q, y);
        Column(q);
        return F.mse_loss(q, y);
    }

    /// <summary>The policy's loss: <c>−J(θ) = −1/B Σ Q(s, μ(s))</c>. Descending it ascends Q.</summary>
    /// <param name="q">Q(s, μ(s)), (B, 1).</param>
    /// <returns>One number.</returns>
    /// <exception cref="ArgumentException">The shape is not (B, 1).</exception>
    public static Tensor PolicyLoss(Tensor q)
    {
        Column(q);
        return -q.mean();
    }

    private static void Column(Tensor tensor, [CallerArgumentExpression(nameof(tensor))] string name = "", [CallerMemberName] string method = "")
    {
        if (tensor.dim() != 2 || tensor.shape[1] != 1)
            throw new ArgumentException($"{method}: {name} {Shape(tensor)} must be (B, 1); use reshape or unsqueeze.", name);
    }

    private static void Same(
        Tensor first, Tensor second, [CallerArgumentExpression(nameof(first))] string firstName = "",
        [CallerArgumentExpression(nameof(second))] string secondName = "", [CallerMemberName] string method = "")
    {
        if (!first.shape.AsSpan().SequenceEqual(second.shape))
            throw new ArgumentException($"{method}: {firstName} {Shape(first)} and {secondName} {Shape(second)} differ; use reshape or unsqueeze.", secondName);
    }

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
