using Ddpg.Environments;
using Ddpg.Training;

namespace Ddpg.Tests.Training;

[Trait("Speed", "tiny")]
public sealed class EvaluatorTests
{
    [Fact]
    public void The_starts_are_fixed_by_the_seed_and_the_first_ones_stay_the_first()
    {
        IdentityEnvironment environment = new(), again = new();
        new Evaluator(environment, 3).Evaluate(_ => [0f], 5);
        new Evaluator(again, 3).Evaluate(_ => [1f], 8);
        Assert.Equal(environment.Seeds, again.Seeds.Take(5));
        Assert.Equal(8, again.Seeds.Distinct().Count());
        Assert.DoesNotContain(null, again.Seeds);

        IdentityEnvironment other = new();
        new Evaluator(other, 4).Evaluate(_ => [0f], 5);
        Assert.Empty(other.Seeds.Intersect(environment.Seeds));
    }

    [Fact]
    public void The_right_policy_scores_zero() =>
        Assert.Equal((0, 0, 0, 0), new Evaluator(new IdentityEnvironment()).Evaluate(observation => [2 * observation[0]], 20) is var result ? (result.Mean, result.Std, result.Min, result.Max) : default);

    /// <summary>Random torque scores −1219 ± 282 on Pendulum-v1 (reference, 1000 starts); 30 starts have a standard error of about 52.</summary>
    [Fact]
    public void Random_torque_scores_what_the_reference_says()
    {
        var environment = new Pendulum();
        var random = new Ddpg.Randomness.SeededRandom(5, Ddpg.Randomness.RandomStream.ActionSampling);
        EvaluationResult result = new Evaluator(environment).Evaluate(_ => environment.ActionSpace.Sample(random), 100);
        Assert.InRange(result.Mean, -1219 - 120, -1219 + 120);
        Assert.InRange(result.Std, 180, 400);
    }

    [Fact]
    public void Mean_spread_worst_and_best_are_numpys()
    {
        var result = new EvaluationResult([1.0, 2.0, 6.0]);     // numpy: mean 3.0, std 2.160246899469287
        Assert.Equal((3.0, 1.0, 6.0, 3), (result.Mean, result.Min, result.Max, result.Episodes));
        Assert.Equal(2.160246899469287, result.Std, 12);
        Assert.Equal("3.0 ± 2.2 over 3 episodes (worst 1.0, best 6.0)", result.ToString());
        Assert.Throws<ArgumentException>(() => new EvaluationResult([]));
    }

    [Fact]
    public void No_episodes_are_refused_and_cancelling_stops()
    {
        var evaluator = new Evaluator(new IdentityEnvironment());
        Assert.Throws<ArgumentOutOfRangeException>(() => evaluator.Evaluate(_ => [0f], 0));
        Assert.Throws<OperationCanceledException>(() => evaluator.Evaluate(_ => [0f], 5, new CancellationToken(canceled: true)));
    }
}
