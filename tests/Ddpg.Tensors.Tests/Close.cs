namespace Ddpg.Tensors.Tests;

/// <summary>Comparison of a tensor with numbers, with the message that a reader of a failing test needs.</summary>
public static class Close
{
    public static double[] Values(Tensor tensor)
    {
        if (tensor.NumberOfElements == 0)
        {
            return []; // TorchSharp 0.107's accessor throws on an empty tensor
        }
        using Tensor plain = tensor.detach();
        using Tensor wide = plain.to_type(ScalarType.Float64);
        using Tensor packed = wide.contiguous();
        return packed.data<double>().ToArray();
    }

    /// <summary>Shape equal, NaN where NaN, the same infinity, and <c>|a − e| ≤ tolerance · max(1, |e|)</c> elsewhere.</summary>
    public static void Assert(string what, long[] shape, double[] expected, Tensor actual, double tolerance)
    {
        Xunit.Assert.True(shape.SequenceEqual(actual.shape), $"{what}: shape ({string.Join(", ", actual.shape)}), expected ({string.Join(", ", shape)})");
        double[] values = Values(actual);
        Xunit.Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double e = expected[i], a = values[i];
            bool same = double.IsFinite(e) ? Math.Abs(a - e) <= tolerance * Math.Max(1, Math.Abs(e)) : e.Equals(a);
            Xunit.Assert.True(same, $"{what}: element {i} is {a:R}, expected {e:R} (tolerance {tolerance:G2}, shape ({string.Join(", ", shape)}))");
        }
    }
}
