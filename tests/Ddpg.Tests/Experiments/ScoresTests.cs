using Ddpg.Experiments;
using Ddpg.Randomness;

namespace Ddpg.Tests.Experiments;

[Trait("Speed", "tiny")]
public sealed class ScoresTests
{
    /// <summary>scipy.stats.trim_mean(x, 0.25), which rliable uses: int(0.25·n) scores fall off each end.</summary>
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 0.0, 1, 2, 100 }, 1.5)]
    [InlineData(new[] { 100.0, 0, 1, 2, 3 }, 2.0)]
    [InlineData(new[] { 8.0, 7, 6, 5, 4, 3, 2, -100 }, 4.5)]
    public void The_interquartile_mean_drops_a_quarter_at_each_end(double[] scores, double expected) => Assert.Equal(expected, Scores.InterquartileMean(scores), 12);

    [Fact]
    public void Probability_of_improvement_counts_wins_and_half_of_ties()
    {
        // Task 1: 3 beats 1, 2 and ties with 3 of (1, 2, 3); 1 ties with 1. (2.5 + 0.5)/6. Task 2: always better.
        Estimate estimate = Scores.ProbabilityOfImprovement([[3.0, 1], [9.0, 8]], [[1.0, 2, 3], [7.0]]);
        Assert.Equal((3.0 / 6 + 1) / 2, estimate.Value, 12);
        Assert.Null(estimate.Low);
        Assert.Contains("too few seeds", estimate.ToString());
    }

    [Fact]
    public void Equal_methods_have_an_even_chance_with_an_interval_around_it()
    {
        var random = new SeededRandom(5);
        double[] Draw() => [.. Enumerable.Range(0, 10).Select(_ => random.NextNormal())];
        Estimate estimate = Scores.ProbabilityOfImprovement([Draw(), Draw(), Draw()], [Draw(), Draw(), Draw()]);
        Assert.InRange(0.5, estimate.Low!.Value, estimate.High!.Value);
        Assert.Equal(1, Scores.ProbabilityOfImprovement([[5.0, 6, 7, 8, 9]], [[0.0, 1, 2, 3, 4]]).Low);
    }

    /// <summary>For a mean of n normal scores the bootstrap interval has half width 1.96·s/√n (s divided by n), within a few percent at n = 100.</summary>
    [Fact]
    public void The_bootstrap_of_a_mean_is_as_wide_as_theory_says()
    {
        var random = new SeededRandom(6);
        double[] scores = [.. Enumerable.Range(0, 100).Select(_ => random.NextNormal())];
        double mean = scores.Average(), s = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        Estimate estimate = Scores.Bootstrap([scores], sample => sample[0].Average(), 20_000);
        Assert.Equal(mean - 1.96 * s / 10, estimate.Low!.Value, 0.01);
        Assert.Equal(mean + 1.96 * s / 10, estimate.High!.Value, 0.01);
    }

    /// <summary>With five seeds of 0 or 1 the mean's distribution is binomial: the 2.5 % quantile of mean of 5 draws with p = 0.4 is 0, the 97.5 % one 0.8.</summary>
    [Fact]
    public void The_bootstrap_of_five_seeds_agrees_with_the_binomial_distribution()
    {
        Estimate estimate = Scores.Bootstrap([[0.0, 0, 0, 1, 1]], sample => sample[0].Average(), 10_000);
        Assert.Equal((0.4, 0.0, 0.8), (estimate.Value, estimate.Low!.Value, Math.Round(estimate.High!.Value, 12)));
    }

    [Fact]
    public void Tasks_are_resampled_each_on_its_own()
    {
        // Were the two tasks mixed, some resample would hold only one of the two levels and the interval would open.
        Estimate estimate = Scores.Bootstrap([[0.0, 0, 0, 0, 0], [10.0, 10, 10, 10, 10]], sample => sample.Average(scores => scores.Average()));
        Assert.Equal(new Estimate(5, 5, 5), estimate);
        Assert.Equal("5 [5, 5]", estimate.ToString());
    }

    [Fact]
    public void The_resampling_is_fixed_by_its_seed()
    {
        double[][] tasks = [[1.0, 2, 3, 4, 50], [2.0, 3, 4, 5, 60]];
        Assert.Equal(Scores.InterquartileMean(tasks), Scores.InterquartileMean(tasks));
        Assert.NotEqual(Scores.Bootstrap(tasks, sample => sample[0].Average(), 50, 1).Low, Scores.Bootstrap(tasks, sample => sample[0].Average(), 50, 2).Low);
    }

    [Fact]
    public void Quantiles_interpolate_as_numpy_does()
    {
        // numpy.quantile([1, 2, 4, 8], [0, .025, .5, .975, 1]) = 1, 1.075, 3, 7.7, 8
        double[] sorted = [1, 2, 4, 8];
        Assert.Equal([1, 1.075, 3, 7.7, 8], new[] { 0, 0.025, 0.5, 0.975, 1 }.Select(q => Math.Round(Scores.Quantile(sorted, q), 12)));
    }

    [Fact]
    public void Missing_and_broken_scores_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Scores.InterquartileMean(Array.Empty<double>()));
        Assert.Contains("diverged", Assert.Throws<ArgumentException>(() => Scores.InterquartileMean([1.0, double.NaN])).Message);
        Assert.Throws<ArgumentException>(() => Scores.Bootstrap([], _ => 0));
        Assert.Throws<ArgumentException>(() => Scores.ProbabilityOfImprovement([[1.0]], [[1.0], [2.0]]));
    }
}
