using Ddpg.Environments;
using Ddpg.Exploration;
using Ddpg.Randomness;

namespace Ddpg.Tests.Exploration;

[Trait("Speed", "tiny")]
public sealed class ActionNoiseTests
{
    private static readonly Box Wide = new(-1000, 1000, 2);

    [Fact]
    public void Normal_noise_has_its_mean_and_spread_in_units_of_the_half_range()
    {
        const int n = 100_000;
        Box space = new([-1000, 0], [1000, 20_000]);
        NormalActionNoise noise = new(space, new SeededRandom(1), sigma: 0.1, mean: 0.05);
        double[] sum = new double[2], squares = new double[2];
        for (int i = 0; i < n; i++)
        {
            float[] action = [0, 10_000];
            noise.Apply([], action);
            double[] unit = [action[0] / 1000.0, (action[1] - 10_000) / 10_000.0];
            for (int j = 0; j < 2; j++)
            {
                sum[j] += unit[j];
                squares[j] += unit[j] * unit[j];
            }
        }
        for (int j = 0; j < 2; j++)
        {
            double mean = sum[j] / n, deviation = Math.Sqrt(squares[j] / n - mean * mean);
            Assert.Equal(0.05, mean, 4 * 0.1 / Math.Sqrt(n));
            Assert.Equal(0.1, deviation, 4 * 0.1 / Math.Sqrt(2.0 * n));
        }
    }

    [Theory]
    [InlineData(0.15, 0.2, 1)]
    [InlineData(0.15, 0.2, 0.1)]
    [InlineData(0.15, 0.2, 0.01)]
    [InlineData(0.5, 0.3, 1)]
    [InlineData(1.5, 0.3, 1)]   // ρ < 0: the discrete recursion overshoots, and the formula still holds
    public void Ornstein_Uhlenbeck_noise_has_the_stationary_spread_and_lag_1_correlation_of_its_formula(double theta, double sigma, double timeStep)
    {
        OrnsteinUhlenbeckActionNoise noise = new(Wide, new SeededRandom(2), theta, sigma, timeStep);
        double rho = 1 - theta * timeStep, spread = sigma * Math.Sqrt(timeStep) / Math.Sqrt(1 - rho * rho);
        Assert.Equal(spread, noise.StationaryStandardDeviation, 1e-12);
        Assert.Equal(rho, noise.LagOneCorrelation, 1e-12);

        const int n = 300_000;
        double[] x = new double[2];
        for (int i = 0; i < 10_000; i++) noise.Sample(x);   // forget the start at rest
        double square = 0, product = 0, previous = x[0];
        for (int i = 0; i < n; i++)
        {
            noise.Sample(x);
            square += x[0] * x[0];
            product += x[0] * previous;
            previous = x[0];
        }
        // Standard error of the variance of an AR(1) process: v·√(2(1 + ρ²)/((1 − ρ²)n)); of its lag-1 correlation: √((1 − ρ²)/n).
        double variance = square / n, variancesError = spread * spread * Math.Sqrt(2 * (1 + rho * rho) / ((1 - rho * rho) * n));
        Assert.Equal(spread * spread, variance, 4 * variancesError);
        Assert.Equal(rho, product / square, 4 * Math.Sqrt((1 - rho * rho) / n));
    }

    [Fact]
    public void Ornstein_Uhlenbeck_noise_starts_each_episode_at_rest_and_its_components_are_independent()
    {
        OrnsteinUhlenbeckActionNoise noise = new(Wide, new SeededRandom(3), sigma: 0.2, timeStep: 1, mean: 0.1);
        double[] x = new double[2];
        double cross = 0, firstStep = 0;
        const int episodes = 20_000;
        for (int episode = 0; episode < episodes; episode++)
        {
            noise.Reset();
            noise.Sample(x);
            cross += (x[0] - 0.1) * (x[1] - 0.1);
            firstStep += (x[0] - 0.1) * (x[0] - 0.1);
        }
        Assert.Equal(0, cross / episodes, 4 * 0.04 / Math.Sqrt(episodes));
        Assert.Equal(0.04, firstStep / episodes, 4 * 0.04 * Math.Sqrt(2.0 / episodes));   // one step from rest: variance σ²Δt
    }

    [Fact]
    public void Actions_stay_in_the_action_space()
    {
        Box space = new([-2, 0], [2, 1]);
        IExploration[] noises = [new NormalActionNoise(space, new SeededRandom(4), 3), new OrnsteinUhlenbeckActionNoise(space, new SeededRandom(5), sigma: 3, timeStep: 1), new NoExploration()];
        foreach (IExploration noise in noises)
        {
            for (int i = 0; i < 2000; i++)
            {
                float[] action = [1.9f, 0.1f];
                noise.Apply([0], action);
                Assert.True(space.Contains(action));
            }
        }
    }

    [Fact]
    public void No_exploration_leaves_the_action_alone()
    {
        float[] action = [0.3f];
        new NoExploration().Apply([1], action);
        Assert.Equal([0.3f], action);
    }

    [Fact]
    public void Sigma_decays_in_a_straight_line_and_then_stays()
    {
        NormalActionNoise noise = new(Wide, new SeededRandom(6), sigma: 0.4, decay: new NoiseDecay(0.25, 100));
        float[] action = new float[2];
        Assert.Equal(0.4, noise.CurrentSigma, 1e-12);
        for (int i = 0; i < 50; i++) noise.Apply([], action);
        Assert.Equal(0.25, noise.CurrentSigma, 1e-12);
        for (int i = 0; i < 100; i++) noise.Apply([], action);
        Assert.Equal(0.1, noise.CurrentSigma, 1e-12);
    }

    [Fact]
    public void Noise_allocates_nothing()
    {
        Box space = new(-2, 2, 1);
        float[] action = [0];
        foreach (IExploration noise in (IExploration[])[new NormalActionNoise(space, new SeededRandom(7)), new OrnsteinUhlenbeckActionNoise(space, new SeededRandom(8), timeStep: 1)])
        {
            noise.Apply([], action);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100_000; i++) noise.Apply([], action);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Saved_noise_goes_on_where_it_was()
    {
        SeededRandom random = new(9), otherRandom = new(0);
        OrnsteinUhlenbeckActionNoise original = new(Wide, random, decay: new NoiseDecay(0, 500)), copy = new(Wide, otherRandom, decay: new NoiseDecay(0, 500));
        double[] x = new double[2], y = new double[2];
        for (int i = 0; i < 33; i++) original.Sample(x);
        copy.Restore(original.Save());
        otherRandom.State = random.State;
        for (int i = 0; i < 100; i++)
        {
            original.Sample(x);
            copy.Sample(y);
            Assert.Equal(x, y);
        }
        Assert.Contains("needs 3 finite ones", Assert.Throws<ArgumentException>(() => copy.Restore([1])).Message);
        Assert.Throws<ArgumentException>(() => copy.Restore([1, double.NaN, 0]));
    }

    [Fact]
    public void Wrong_values_are_named()
    {
        SeededRandom random = new(1);
        Assert.Contains("Sigma", Assert.Throws<ArgumentOutOfRangeException>(() => new NormalActionNoise(Wide, random, -1)).Message);
        Assert.Contains("Sigma", Assert.Throws<ArgumentOutOfRangeException>(() => new NormalActionNoise(Wide, random, double.NaN)).Message);
        Assert.Contains("2/theta = 13.33", Assert.Throws<ArgumentOutOfRangeException>(() => new OrnsteinUhlenbeckActionNoise(Wide, random, timeStep: 14)).Message);
        Assert.Contains("Theta", Assert.Throws<ArgumentOutOfRangeException>(() => new OrnsteinUhlenbeckActionNoise(Wide, random, theta: 0)).Message);
        Assert.Contains("infinite bound", Assert.Throws<InvalidOperationException>(() => new NormalActionNoise(new Box(0, float.PositiveInfinity, 1), random)).Message);
        Assert.Contains("2 number(s), got 1", Assert.Throws<ArgumentException>(() => new NormalActionNoise(Wide, random).Apply([], [1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseDecay(1.1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseDecay(0.5, 0));
    }
}
