using Ddpg.Environments;
using Ddpg.Tests.Training;

namespace Ddpg.Tests.Environments;

/// <summary>What keeps every rule and is still not learnt: the checker warns before anything is trained. The limits are those that training was measured at (ScaleChecks).</summary>
[Trait("Speed", "tiny")]
public sealed class ScaleChecksTests
{
    private static readonly Box Wide = new(-1e9f, 1e9f, 3);

    [Theory]
    [InlineData(30, "is large", "ObservationNormalization = true")]
    [InlineData(1_000, "is large", "ObservationNormalization = true")]
    [InlineData(0.01, "no number of the observation spans more than", "ObservationNormalization = true")]
    public void Observations_in_a_unit_that_networks_do_not_follow(double unit, string problem, string advice) =>
        AssertWarns(new OddEnvironment(new Pendulum()) { Show = o => [.. o.Select(value => (float)(unit * value))], ObservationSpace = Wide }, problem, advice);

    [Theory]
    [InlineData(1_000, "observation[2] is large")]
    [InlineData(0.001, "observation[2] is small")]
    [InlineData(0.0001, "observation[2] is small")]
    public void One_number_of_another_scale_than_the_rest(double unit, string problem) =>
        AssertWarns(new OddEnvironment(new Pendulum()) { Show = o => [o[0], o[1], (float)(unit * o[2])], ObservationSpace = Wide }, problem, "ObservationNormalization = true");

    [Fact]
    public void Scales_that_differ_though_none_is_extreme() => AssertWarns(
        new OddEnvironment(new Pendulum()) { Show = o => [0.02f * o[0], o[1], 4 * o[2]], ObservationSpace = Wide }, "the scales of the observation differ: observation[2] is", "ObservationNormalization = true");

    [Fact]
    public void A_number_far_from_zero() => AssertWarns(
        new OddEnvironment(new Pendulum()) { Show = o => [o[0], o[1], 293 + o[2]], ObservationSpace = Wide }, "observation[2] is large", "ObservationNormalization = true");

    [Theory]
    [InlineData(1_000, "the rewards are large, 7", "RewardScale = 0.0001")]
    [InlineData(30, "the rewards are large, 2", "RewardScale = 0.01")]
    [InlineData(0.001, "the rewards are small, 0.01", "RewardScale = 100")]
    public void Rewards_that_a_critic_does_not_follow(double unit, string problem, string advice) =>
        AssertWarns(new OddEnvironment(new Pendulum()) { Pay = step => unit * step.Reward }, problem, advice);

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0.1, 0.01)]
    [InlineData(1, 0.01)]
    public void Units_that_are_learnt_are_not_warned_of(double observationUnit, double rewardUnit) => Assert.Empty(EnvironmentChecker.Check(
        new OddEnvironment(new Pendulum()) { Show = o => [.. o.Select(value => (float)(observationUnit * value))], Pay = step => rewardUnit * step.Reward, ObservationSpace = Wide }).Findings);

    [Fact]
    public void An_observation_that_never_changes() => AssertWarns(
        new OddEnvironment(new Pendulum()) { Show = _ => [0, 0, 0] }, "the observation never changed", "only in a bandit");

    [Theory]
    [InlineData(0, "the reward was always 0")]
    [InlineData(-1, "the reward was always -1, and none terminated")]
    public void A_reward_that_never_changes(double reward, string problem) =>
        AssertWarns(new OddEnvironment(new Pendulum()) { Pay = _ => reward }, problem, "Reward what is better");

    [Fact]
    public void A_price_for_each_step_is_a_reward_where_episodes_terminate() => Assert.DoesNotContain(
        EnvironmentChecker.Check(new OddEnvironment(new IdentityEnvironment(steps: 30)) { Pay = _ => -1 }).Findings, finding => finding.Problem.Contains("always", StringComparison.Ordinal));

    private static void AssertWarns(IEnvironment environment, string problem, string advice)
    {
        EnvironmentFinding finding = Assert.Single(EnvironmentChecker.Check(environment, seed: 2).Findings, finding => finding.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.Equal((FindingSeverity.Warning, "observations and rewards"), (finding.Severity, finding.Check));
        Assert.Contains(advice, finding.Advice);
    }
}
