using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Tests.Environments;

[Trait("Speed", "tiny")]
public sealed class BoxTests
{
    private const float Infinity = float.PositiveInfinity;

    public static TheoryData<float, float> Bounds => new()
    {
        { -1, 1 }, { -2.5f, -2.4f }, { 0, 0 }, { 3, MathF.BitIncrement(3) }, { -float.MaxValue, float.MaxValue }, { 1e-38f, 1e-37f }, { -1.2f, 0.6f },
        { -Infinity, Infinity }, { 5, Infinity }, { -Infinity, -5 }, { float.MaxValue, Infinity }, { -Infinity, -float.MaxValue }, { 1e8f, Infinity },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_box_contains_its_samples(float low, float high)
    {
        Box box = new(low, high, 3);
        SeededRandom random = new(1);
        for (int i = 0; i < 5000; i++) Assert.True(box.Contains(box.Sample(random)));
    }

    [Fact]
    public void Each_number_keeps_to_its_own_bounds_in_every_combination()
    {
        float[] lows = [-1, -Infinity, 2], highs = [1, Infinity, 3];
        SeededRandom random = new(2);
        foreach (float low1 in lows)
        {
            foreach (float high1 in highs.Where(high => high >= low1))
            {
                Box box = new([low1, -Infinity, 0, -Infinity], [high1, Infinity, Infinity, 0]);
                for (int i = 0; i < 500; i++) Assert.True(box.Contains(box.Sample(random)), box.ToString());
            }
        }
    }

    [Fact]
    public void Samples_follow_gymnasiums_distributions()
    {
        const int n = 40_000;
        Box box = new([-2, -Infinity, 1, -Infinity], [4, Infinity, Infinity, -1]);
        SeededRandom random = new(3);
        double[] sum = new double[4], squares = new double[4];
        for (int i = 0; i < n; i++)
        {
            float[] sample = box.Sample(random);
            for (int j = 0; j < 4; j++)
            {
                sum[j] += sample[j];
                squares[j] += sample[j] * sample[j];
            }
        }
        // Uniform on [-2, 4]: mean 1, variance 3. Normal: 0, 1. One bound: exponential of mean 1 and variance 1 away from it.
        (double Mean, double Variance)[] expected = [(1, 3), (0, 1), (2, 1), (-2, 1)];
        for (int j = 0; j < 4; j++)
        {
            double mean = sum[j] / n, variance = squares[j] / n - mean * mean;
            Assert.Equal(expected[j].Mean, mean, 4 * Math.Sqrt(expected[j].Variance / n));
            Assert.Equal(expected[j].Variance, variance, 4 * Math.Sqrt(9.0 / n) * expected[j].Variance);
        }
    }

    [Fact]
    public void Contains_refuses_NaN_wrong_lengths_and_outsiders()
    {
        Box box = new([-1, -2], [1, 2]);
        Assert.True(box.Contains([1, -2]));
        Assert.False(box.Contains([1.0001f, 0]));
        Assert.False(box.Contains([float.NaN, 0]));
        Assert.False(box.Contains([0]));
        Assert.False(box.Contains([0, 0, 0]));
    }

    [Fact]
    public void Clip_moves_outsiders_to_the_nearer_bound()
    {
        Box box = new([-1, -2], [1, 2]);
        float[] values = [-7, 1.5f];
        box.Clip(values);
        Assert.Equal([-1, 1.5f], values);
        Assert.Contains("Expected a vector of 2 number(s)", Assert.Throws<ArgumentException>(() => box.Clip(new float[3])).Message);
    }

    [Fact]
    public void Centre_and_half_range_map_tanh_onto_the_box()
    {
        Box box = new([-2, 0], [2, 10]);
        Assert.Equal([0.0, 5.0], box.Center);
        Assert.Equal([2.0, 5.0], box.HalfRange);
        Assert.Contains("infinite bound", Assert.Throws<InvalidOperationException>(() => new Box(-1, Infinity, 1).HalfRange).Message);
    }

    [Fact]
    public void A_box_cannot_be_changed_through_its_arrays()
    {
        float[] low = [-1];
        Box box = new(low, [1]);
        low[0] = 9;
        box.Low[0] = 9;
        box.High[0] = 9;
        Assert.Equal("Box([-1], [1])", box.ToString());
    }

    [Theory]
    [InlineData(1f, 0f, "[1, 0] at index 0")]
    [InlineData(float.NaN, 0f, "NaN")]
    [InlineData(0f, float.NaN, "NaN")]
    [InlineData(Infinity, Infinity, "at least one number")]
    [InlineData(-Infinity, -Infinity, "at least one number")]
    public void Impossible_bounds_are_refused(float low, float high, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new Box([low], [high])).Message);

    [Fact]
    public void Bounds_of_different_lengths_are_refused() =>
        Assert.Contains("2 lower and 1 upper", Assert.Throws<ArgumentException>(() => new Box([0, 0], [1])).Message);
}
