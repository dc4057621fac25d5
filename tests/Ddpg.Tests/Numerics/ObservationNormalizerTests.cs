using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Tests.Numerics;

[Trait("Speed", "tiny")]
public sealed class ObservationNormalizerTests
{
    [Fact]
    public void Mean_and_variance_are_those_of_all_observations_even_far_from_zero()
    {
        ObservationNormalizer normalizer = new(2);
        SeededRandom random = new(1);
        List<float[]> seen = [.. Enumerable.Range(0, 5000).Select(_ => new[] { (float)(1000 + random.NextNormal()), (float)(0.01 * random.NextNormal()) })];
        foreach (float[] observation in seen) normalizer.Observe(observation);
        for (int i = 0; i < 2; i++)
        {
            double mean = seen.Average(x => (double)x[i]), variance = seen.Average(x => (x[i] - mean) * (x[i] - mean));
            Assert.Equal(mean, normalizer.Mean[i], 1e-10);
            Assert.Equal(variance, normalizer.Variance[i], variance * 1e-9);
        }
    }

    [Fact]
    public void Normalised_observations_have_mean_0_and_variance_1_row_by_row()
    {
        ObservationNormalizer normalizer = new(2);
        SeededRandom random = new(2);
        float[] rows = new float[20_000];
        for (int i = 0; i < rows.Length; i += 2)
        {
            (rows[i], rows[i + 1]) = ((float)random.NextUniform(-1.2, 0.6), (float)(0.07 * random.NextNormal()));
            normalizer.Observe(rows.AsSpan(i, 2));
        }
        normalizer.Normalize(rows, rows);
        for (int column = 0; column < 2; column++)
        {
            double[] x = [.. rows.Where((_, i) => i % 2 == column).Select(value => (double)value)];
            Assert.Equal(0, x.Average(), 1e-3);
            Assert.Equal(1, x.Average(value => value * value), 1e-2);
        }
    }

    [Fact]
    public void Outliers_are_clipped_and_a_constant_number_becomes_zero()
    {
        ObservationNormalizer normalizer = new(2);
        for (int i = 0; i < 100; i++) normalizer.Observe([i % 2, 7]);
        float[] result = new float[2];
        normalizer.Normalize([1e6f, 7], result);
        Assert.Equal([5, 0], result);
        normalizer.Normalize([-1e6f, 7], result);
        Assert.Equal([-5, 0], result);
    }

    [Fact]
    public void Before_two_observations_nothing_is_scaled()
    {
        ObservationNormalizer normalizer = new(1);
        float[] result = new float[1];
        normalizer.Normalize([0.5f], result);
        Assert.Equal([0.5f], result);
        normalizer.Observe([0.25f]);
        normalizer.Normalize([0.5f], result);
        Assert.Equal([0.25f], result);
    }

    [Fact]
    public void Normalising_changes_no_statistics_and_allocates_nothing()
    {
        ObservationNormalizer normalizer = new(1);
        normalizer.Observe([1]);
        normalizer.Observe([2]);
        float[] from = [7], to = new float[1];
        double[] before = normalizer.Save();
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100_000; i++) normalizer.Normalize(from, to);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - bytes);
        Assert.Equal(before, normalizer.Save());
    }

    [Fact]
    public void Saved_statistics_go_on_bit_for_bit()
    {
        ObservationNormalizer original = new(1), copy = new(1);
        for (int i = 0; i < 10; i++) original.Observe([i * 0.1f]);
        copy.Restore(original.Save());
        original.Observe([3]);
        copy.Observe([3]);
        Assert.Equal(original.Save(), copy.Save());
        Assert.Contains("need 3 finite", Assert.Throws<ArgumentException>(() => copy.Restore([1, 2])).Message);
        Assert.Throws<ArgumentException>(() => copy.Restore([1, double.NaN, 2]));
    }

    [Fact]
    public void Wrong_values_are_named()
    {
        ObservationNormalizer normalizer = new(2);
        Assert.Contains("made for 2", Assert.Throws<ArgumentException>(() => normalizer.Observe([1])).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => normalizer.Observe([1, float.NaN])).Message);
        Assert.Contains("3 numbers", Assert.Throws<ArgumentException>(() => normalizer.Normalize([1, 2, 3], new float[3])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObservationNormalizer(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObservationNormalizer(0));
    }
}
