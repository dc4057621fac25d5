namespace Ddpg.Tensors.Tests.Gradients;

/// <summary>Which numbers an operation is tried on. All stay at least 0.01 away from the kinks at 0, ±0.5 and ±1, and no two are equal.</summary>
public enum Domain
{
    Any,
    Positive,
}

/// <summary>
/// The gradient of Σ weight·f(x) against (L(x + h) − L(x − h)) / 2h in float64, with h = 1e-5: the formula's own error is about
/// h²·f‴ ≈ 1e-10 plus rounding of about 1e-16·|L|/h ≈ 1e-10; the tolerance of 1e-6 leaves room for steep functions.
/// </summary>
public static class CentralDifferences
{
    private const double H = 1e-5;
    private const double Tolerance = 1e-6;

    public static void Check(string name, Func<Tensor[], Tensor> function, long[][] shapes, Domain domain, Layout layout)
    {
        var random = new Random(layout.Seed);
        double[][] values = Values(shapes, domain, random);
        bool[] transposed = [.. shapes.Select((shape, i) => shape.Length >= 2 && (layout.Mask >> (4 + i) & 1) != 0)];
        using DisposeScope scope = NewDisposeScope();
        Tensor[] leaves = [.. shapes.Select((shape, i) => Leaf(values[i], shape, transposed[i]))];
        Tensor output = function([.. leaves.Select((leaf, i) => transposed[i] ? Reversed(leaf) : leaf)]);
        double[] weights = [.. Enumerable.Range(0, (int)output.NumberOfElements).Select(_ => random.NextDouble() * 2 - 1)];
        (output * Shaped(weights, output.shape)).sum().backward();
        for (int i = 0; i < leaves.Length; i++)
        {
            double[] analytic = Gradient(name, leaves[i], transposed[i], shapes[i]);
            for (int j = 0; j < values[i].Length; j++)
            {
                double numeric = Slope(function, shapes, values, transposed, weights, i, j);
                Assert.True(Math.Abs(analytic[j] - numeric) <= Tolerance * Math.Max(1, Math.Abs(numeric)),
                    $"{name}: d/dx{i}[{j}] is {analytic[j]:R}, central difference {numeric:R}; shapes {string.Join(" ", shapes.Select(s => $"({string.Join(", ", s)})"))}; {layout}");
            }
        }
    }

    private static double[] Gradient(string name, Tensor leaf, bool transposed, long[] shape)
    {
        Tensor? gradient = leaf.grad;
        Assert.True(gradient is not null, $"{name}: no gradient arrived");
        Tensor upright = transposed ? Reversed(gradient) : gradient;
        Assert.Equal(shape, upright.shape);
        return Close.Values(upright);
    }

    private static double Slope(Func<Tensor[], Tensor> function, long[][] shapes, double[][] values, bool[] transposed, double[] weights, int i, int j)
    {
        double centre = values[i][j];
        double Loss(double at)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable _ = no_grad();
            values[i][j] = at;
            Tensor[] inputs = [.. shapes.Select((shape, k) => transposed[k] ? Reversed(Leaf(values[k], shape, true)) : Shaped(values[k], shape))];
            double[] result = Close.Values(function(inputs));
            return result.Select((r, k) => r * weights[k]).Sum();
        }
        double slope = (Loss(centre + H) - Loss(centre - H)) / (2 * H);
        values[i][j] = centre;
        return slope;
    }

    /// <summary>For a transposed operand the leaf has the dimensions reversed, and the operation sees its permuted view.</summary>
    private static Tensor Leaf(double[] values, long[] shape, bool transposed)
    {
        Tensor plain = Shaped(values, shape);
        Tensor leaf = transposed ? Reversed(plain).contiguous() : plain;
        leaf.requires_grad = true;
        return leaf;
    }

    private static Tensor Reversed(Tensor tensor) => tensor.permute([.. Enumerable.Range(0, (int)tensor.dim()).Reverse().Select(d => (long)d)]);

    private static Tensor Shaped(double[] values, long[] shape) => tensor(values).reshape(shape);

    private static double[][] Values(long[][] shapes, Domain domain, Random random)
    {
        int[] counts = [.. shapes.Select(s => (int)s.Aggregate(1L, (a, b) => a * b))];
        int total = counts.Sum();
        double[] pool = [.. Enumerable.Range(0, Math.Max(total, 1) * 2).Select(k => domain == Domain.Any ? (k - total) * (5.0 / (total + 8)) : 0.3 + k * (2.5 / (2 * total)))];
        double[] chosen = [.. pool.OrderBy(_ => random.Next()).Select(AwayFromKinks)];
        int start = 0;
        return [.. counts.Select(count => chosen[start..(start += count)])];
    }

    private static double AwayFromKinks(double x)
    {
        double half = Math.Round(x * 2) / 2;
        return Math.Abs(x - half) >= 0.01 ? x : half + (x < half ? -0.01 : 0.01) + (x - half) * 0.1;
    }
}
