using Ddpg.Agents;
using static TorchSharp.torch;

namespace Ddpg.Tests.Agents;

[Trait("Speed", "tiny")]
public sealed class LossesTests
{
    [Fact]
    public void The_target_of_a_terminated_step_is_its_reward_and_of_any_other_bootstraps()
    {
        // Three transitions: in the middle of an episode, cut off by a time limit (stored as not terminated), terminated.
        using Tensor y = Losses.Targets(Column(1, 1, 1), Column(0, 0, 1), Column(10, 10, 10), 0.9);
        Assert.Equal([10f, 10f, 1f], y.data<float>().ToArray());
        Assert.Equal([3, 1], y.shape);
    }

    [Fact]
    public void The_critic_loss_is_the_mean_of_squares() =>
        Assert.Equal((1f + 4f) / 2, Losses.CriticLoss(Column(1, 2), Column(2, 4)).item<float>());

    [Fact]
    public void The_policy_loss_is_minus_the_mean_value() => Assert.Equal(-1.5f, Losses.PolicyLoss(Column(1, 2)).item<float>());

    [Fact]
    public void Shapes_that_would_broadcast_are_refused_by_name()
    {
        Assert.StartsWith("CriticLoss: q (64, 1) and y (64) differ; use reshape or unsqueeze.", Refused(() => Losses.CriticLoss(zeros(64, 1), zeros(64))));
        Assert.StartsWith("CriticLoss: q (64) must be (B, 1); use reshape or unsqueeze.", Refused(() => Losses.CriticLoss(zeros(64), zeros(64))));
        Assert.StartsWith("Targets: reward (2) must be (B, 1)", Refused(() => Losses.Targets(zeros(2), zeros(2), zeros(2), 0.9)));
        Assert.StartsWith("Targets: reward (2, 1) and nextValue (2) differ", Refused(() => Losses.Targets(zeros(2, 1), zeros(2, 1), zeros(2), 0.9)));
        Assert.StartsWith("Targets: reward (2, 1) and terminated (1, 1) differ", Refused(() => Losses.Targets(zeros(2, 1), zeros(1, 1), zeros(2, 1), 0.9)));
        Assert.StartsWith("PolicyLoss: q (2, 2) must be (B, 1)", Refused(() => Losses.PolicyLoss(zeros(2, 2))));
    }

    private static string Refused(Func<Tensor> loss) => Assert.Throws<ArgumentException>(loss).Message;

    private static Tensor Column(params float[] values) => tensor(values, [values.Length, 1]);
}
