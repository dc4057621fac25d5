using Ddpg.Acceleration;
using Ddpg.Randomness;
using Ddpg.Tests.Training;

namespace Ddpg.Tests.Acceleration;

/// <summary>The kernels by themselves: what they compute, and that width of vectors and number of threads never show in it.</summary>
[Collection(Alone.Name)]
public sealed unsafe class KernelTests
{
    private static readonly int[] Widths = [128, 256, 512];

    /// <summary>
    /// How the right-hand factor lies in memory decides whether it is packed; every way must give one chain of fused multiply-adds over k for each element. The shapes leave rows,
    /// columns and panels unfilled; rows of 1,024 floats are whole pages apart.
    /// </summary>
    [Theory]
    [InlineData(40, 20, 33)]
    [InlineData(32, 300, 41)]
    [InlineData(67, 130, 256)]
    [InlineData(33, 1024, 17)]
    [InlineData(5, 1024, 64)]
    [InlineData(1, 64, 64)]
    [InlineData(1, 5, 3)]
    [InlineData(1, 16, 8)]
    [InlineData(1, 37, 13)]
    [InlineData(1, 300, 401)]
    [InlineData(1, 256, 256)]
    [InlineData(7, 7, 7)]
    public void A_product_is_one_chain_over_k_however_its_factors_lie(int m, int n, int k)
    {
        var random = new SeededRandom((ulong)(m + n + k));
        float[] a = Uniform(random, m * k), rows = Uniform(random, k * n), bias = Uniform(random, n);
        float[] columns = new float[k * n];
        for (int i = 0; i < k; i++)
            for (int j = 0; j < n; j++) columns[(j * k) + i] = rows[(i * n) + j];
        float[] expected = Chains(a, rows, null, m, n, k), withBias = Chains(a, rows, bias, m, n, k);
        foreach (int bits in Widths)
        {
            foreach (int threads in new[] { 1, 2, 4 })
            {
                using var settings = new KernelSettings(bits, threads);
                Assert.Equal(expected, Product(a, rows, byRows: true, null, m, n, k));
                Assert.Equal(expected, Product(a, columns, byRows: false, null, m, n, k));
                Assert.Equal(withBias, Product(a, columns, byRows: false, bias, m, n, k));
            }
        }
    }

    /// <summary>Few columns over many k: sixteen lanes, added pairwise; the same at every width, and right.</summary>
    [Theory]
    [InlineData(64, 1, 64)]
    [InlineData(3, 2, 300)]
    [InlineData(17, 15, 33)]
    public void A_product_of_few_columns_is_the_same_at_every_width(int m, int n, int k)
    {
        var random = new SeededRandom(5);
        float[] a = Uniform(random, m * k), columns = Uniform(random, k * n), bias = Uniform(random, n);
        float[]? first = null;
        foreach (int bits in Widths)
        {
            using var settings = new KernelSettings(bits, 1);
            float[] product = Product(a, columns, byRows: false, bias, m, n, k);
            Assert.Equal(first ??= product, product);
        }
        for (int i = 0; i < m * n; i++)
        {
            double sum = bias[i % n];
            for (int j = 0; j < k; j++) sum += (double)a[(i / n * k) + j] * columns[(i % n * k) + j];
            Assert.Equal(sum, first![i], 1e-5);
        }
    }

    [Fact]
    public void Tanh_is_right_to_two_units_in_the_last_place_and_the_same_at_every_width()
    {
        float[] values = [.. Enumerable.Range(-4000, 8001).Select(i => i * 0.0037f), float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1e-40f, 3e38f];
        int[]? first = null;
        foreach (int bits in Widths)
        {
            using var settings = new KernelSettings(bits, 1);
            float[] results = new float[values.Length];
            fixed (float* x = values, y = results) Rows.Unary(default(HyperbolicTangent), x, y, values.Length);
            int[] asBits = [.. results.Select(value => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value))];
            Assert.Equal(first ??= asBits, asBits);
            for (int i = 0; i < values.Length; i++)
            {
                float exact = (float)Math.Tanh(values[i]);
                Assert.True(float.IsNaN(exact) ? float.IsNaN(results[i]) : Math.Abs(results[i] - exact) <= 2 * MathF.BitIncrement(MathF.Abs(exact)) - (2 * MathF.Abs(exact)), $"tanh {values[i]}");
            }
        }
    }

    [Fact]
    public void Sums_do_not_depend_on_the_width()
    {
        var random = new SeededRandom(3);
        float[] values = Uniform(random, 10_007);
        (float Row, float[] Down)? first = null;
        foreach (int bits in Widths)
        {
            using var settings = new KernelSettings(bits, 1);
            float[] down = new float[99];
            float row;
            fixed (float* x = values, y = down)
            {
                row = LaneSums.Row(x, values.Length);
                LaneSums.Down(x, 101, 99, y);
            }
            first ??= (row, down);
            Assert.Equal(first.Value.Row, row);
            Assert.Equal(first.Value.Down, down);
        }
        Assert.Equal(values.Sum(value => (double)value), first!.Value.Row, 1e-3);
    }

    internal static float[] Product(float[] a, float[] b, bool byRows, float[]? bias, int m, int n, int k)
    {
        float[] c = new float[m * n];
        fixed (float* left = a, right = b, add = bias, to = c)
            Gemm.Multiply(m, n, k, new Matrix(left, k, 1), byRows ? new Matrix(right, n, 1) : new Matrix(right, 1, k), to, n, add);
        return c;
    }

    private static float[] Chains(float[] a, float[] b, float[]? bias, int m, int n, int k)
    {
        bool few = n <= Dots.MostColumns && k >= 16;
        Assert.False(few, "this shape is summed in lanes");
        float[] c = new float[m * n];
        for (int i = 0; i < c.Length; i++)
        {
            float sum = 0;
            for (int j = 0; j < k; j++) sum = MathF.FusedMultiplyAdd(a[(i / n * k) + j], b[(j * n) + (i % n)], sum);
            c[i] = bias is null ? sum : sum + bias[i % n];
        }
        return c;
    }

    private static float[] Uniform(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextUniform(-1, 1))];
}
