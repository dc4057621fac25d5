using System.Text.Json;
using Ddpg.Randomness;

namespace Ddpg.Tests.Randomness;

[Trait("Speed", "tiny")]
public sealed class SeededRandomTests
{
    /// <summary>The zero seed's first block is Random123's first known answer, read as two little-endian 64-bit numbers.</summary>
    [Fact]
    public void The_first_numbers_of_seed_0_are_the_published_block()
    {
        SeededRandom random = new(0);
        Assert.Equal(0xe169c58d_6627e8d5ul, random.NextUInt64());
        Assert.Equal(0x9b00dbd8_bc57ac4cul, random.NextUInt64());
    }

    [Fact]
    public void Uniform_numbers_pass_a_chi_squared_test_and_have_the_moments_of_their_distribution()
    {
        const int n = 400_000, bins = 100;
        int[] counts = new int[bins];
        SeededRandom random = new(1);
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double u = random.NextDouble();
            Assert.InRange(u, 0, 1 - 1e-17);
            counts[(int)(u * bins)]++;
            sum += u;
        }
        // 99 degrees of freedom: mean 99, standard deviation √198 = 14.07; five of them either way.
        double chiSquared = counts.Sum(count => (count - n / (double)bins) * (count - n / (double)bins) / (n / (double)bins));
        Assert.InRange(chiSquared, 99 - 70, 99 + 70);
        Assert.Equal(0.5, sum / n, 4 * Math.Sqrt(1 / 12.0 / n));
    }

    [Fact]
    public void Normal_numbers_have_the_first_four_moments_and_tails_of_the_normal_distribution()
    {
        const int n = 400_000;
        SeededRandom random = new(2);
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0, lag = 0, previous = 0;
        int beyondTwo = 0;
        for (int i = 0; i < n; i++)
        {
            double z = random.NextNormal();
            m1 += z;
            m2 += z * z;
            m3 += z * z * z;
            m4 += z * z * z * z;
            lag += z * previous;
            previous = z;
            if (Math.Abs(z) > 2) beyondTwo++;
        }
        // Four standard errors each: var(z) = 1, var(z²) = 2, var(z³) = 15, var(z⁴) = 96; P(|z| > 2) = 0.0455.
        double error = 4 / Math.Sqrt(n);
        Assert.Equal(0, m1 / n, error);
        Assert.Equal(1, m2 / n, error * Math.Sqrt(2));
        Assert.Equal(0, m3 / n, error * Math.Sqrt(15));
        Assert.Equal(3, m4 / n, error * Math.Sqrt(96));
        Assert.Equal(0, lag / n, error);
        Assert.Equal(0.0455003, beyondTwo / (double)n, error * Math.Sqrt(0.0455 * 0.9545));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Integers_are_uniform(int n)
    {
        const int perValue = 2000;
        int draws = n * perValue;
        int[] counts = new int[n];
        SeededRandom random = new(3);
        for (int i = 0; i < draws; i++) counts[random.NextInt(n)]++;
        double chiSquared = counts.Sum(count => (count - (double)perValue) * (count - perValue) / perValue);
        double degrees = n - 1;
        Assert.InRange(chiSquared, degrees - 5 * Math.Sqrt(2 * degrees) - 1e-9, degrees + 5 * Math.Sqrt(2 * degrees) + 1e-9);
    }

    [Fact]
    public void Streams_and_seeds_share_no_number_and_are_uncorrelated()
    {
        const int n = 50_000;
        HashSet<ulong> seen = [];
        List<double[]> sequences = [];
        foreach (ulong seed in (ulong[])[0, 1, 1ul << 32, ulong.MaxValue])
        {
            foreach (RandomStream stream in Enum.GetValues<RandomStream>())
            {
                SeededRandom random = new(seed, stream);
                for (int i = 0; i < 1000; i++) Assert.True(seen.Add(random.NextUInt64()), "two streams gave the same 64 bits");
                sequences.Add([.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)]);
            }
        }
        for (int i = 1; i < sequences.Count; i++)
        {
            double correlation = sequences[i].Zip(sequences[i - 1], (x, y) => x * y).Sum() / n * 12;
            Assert.InRange(Math.Abs(correlation), 0, 5 / Math.Sqrt(n));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public void A_saved_state_goes_on_with_the_same_numbers_through_json_too(int drawsBefore)
    {
        SeededRandom original = new(99, RandomStream.Replay);
        for (int i = 0; i < drawsBefore; i++) original.NextUInt64();
        if (drawsBefore % 2 == 1) original.NextNormal();   // leaves a spare normal number behind

        string json = JsonSerializer.Serialize(original.State);
        SeededRandom copy = new(5) { State = JsonSerializer.Deserialize<RandomState>(json) };

        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(original.NextNormal(), copy.NextNormal());
            Assert.Equal(original.NextUInt64(), copy.NextUInt64());
            Assert.Equal(original.NextInt(10), copy.NextInt(10));
        }
        Assert.Equal(original.State, copy.State);
    }

    [Fact]
    public void Uniform_bounds_hold_even_where_rounding_pulls_at_them()
    {
        SeededRandom random = new(4);
        for (int i = 0; i < 20_000; i++)
        {
            double low = 1, high = Math.BitIncrement(1.0);
            Assert.Equal(1, random.NextUniform(low, high));
            Assert.InRange(random.NextUniform(-double.MaxValue, double.MaxValue), -double.MaxValue, double.MaxValue);
            Assert.InRange(random.NextUniform(-0.6, -0.4), -0.6, Math.BitDecrement(-0.4));
        }
        Assert.Equal(2, random.NextUniform(2, 2));
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        SeededRandom random = new(6);
        random.NextNormal();
        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = 0;
        for (int i = 0; i < 100_000; i++) sum += random.NextNormal() + random.NextInt(7) + random.NextUniform(-1, 1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        SeededRandom random = new(7);
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0)).Message);
        Assert.Contains("low 2, high 1", Assert.Throws<ArgumentException>(() => random.NextUniform(2, 1)).Message);
        Assert.Throws<ArgumentException>(() => random.NextUniform(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.State = new RandomState(1, RandomStream.General, 0, double.NaN));
    }
}
