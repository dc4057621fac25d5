using System.Runtime.Intrinsics;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>The same bits for any number of threads and any vector width, and the same bits as when they were recorded.</summary>
[Collection(Alone.Name)]
public sealed class BitIdentityTests : IDisposable
{
    private readonly int _threads = get_num_threads();
    private readonly int _bits = SimdWidth.Bits;
    private readonly long _leastCost = Workers.LeastCost;

    public void Dispose()
    {
        Workers.LeastCost = _leastCost;
        set_num_threads(_threads);
        SimdWidth.Bits = _bits;
    }

    /// <summary>
    /// 2,000 updates of nets of 64 and 48 units at batch 64. If this hash changes, every learning curve of the kit changes:
    /// say why in CHANGELOG.md (breaking) and record the new one.
    /// </summary>
    private const string Recorded = "C2E4B6922A1A54504318301D0B366086";

    [Fact]
    public void Two_thousand_updates_end_in_the_recorded_weights()
    {
        using var training = new DdpgLikeTraining(64, 48, 64);
        for (int i = 0; i < 2000; i++)
        {
            training.Update();
        }
        Assert.True(training.AllFinite());
        Assert.Equal(Recorded, training.Hash());
    }

    public static TheoryData<int, int> Settings()
    {
        var settings = new TheoryData<int, int>();
        foreach (int bits in new[] { 128, 256, 512 })
        {
            foreach (int threads in new[] { 1, 2, 4 })
            {
                settings.Add(bits, threads);
            }
        }
        return settings;
    }

    /// <remarks>512 runs as hardware where the processor has it; elsewhere .NET emulates it from narrower registers, and the hardware path is unverified.</remarks>
    [Theory]
    [MemberData(nameof(Settings))]
    public void Threads_and_widths_do_not_change_a_bit(int bits, int threads)
    {
        string expected = Reference.Value;
        SimdWidth.Bits = bits;
        set_num_threads(threads);
        Workers.LeastCost = 0; // the smallest kernels, too, are cut into parts
        Assert.True(expected == Short(), $"width {bits} (hardware: {Vector512.IsHardwareAccelerated || bits < 512}), {threads} threads: other weights than with width 128 and one thread");
    }

    private static readonly Lazy<string> Reference = new(() =>
    {
        SimdWidth.Bits = 128;
        set_num_threads(1);
        return Short();
    });

    /// <summary>Large enough that two and four threads share the products (batch 100, 256-200), and odd enough for every tail (batch 37, 61-19).</summary>
    private static string Short()
    {
        string hash = "";
        foreach ((int hidden1, int hidden2, int batch, int updates) in new[] { (256, 200, 100, 60), (61, 19, 37, 300), (64, 48, 64, 100) })
        {
            using var training = new DdpgLikeTraining(hidden1, hidden2, batch);
            for (int i = 0; i < updates; i++)
            {
                training.Update();
            }
            hash += training.Hash();
        }
        return hash;
    }

    /// <summary>
    /// How the right-hand factor lies in memory decides whether it is packed, and whole or panel by panel; every way must give one chain of fused
    /// multiply-adds over k for each element. The shapes leave rows, columns and panels unfilled; rows of 1,024 floats are whole pages apart.
    /// </summary>
    [Theory]
    [InlineData(40, 20, 33)]
    [InlineData(32, 300, 41)]
    [InlineData(67, 130, 256)]
    [InlineData(33, 1024, 17)]
    [InlineData(5, 1024, 64)]
    public void A_product_is_one_chain_over_k_however_its_factors_lie(int m, int n, int k)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = rand(m, k) - 0.5, wide = rand(k, n + 5) - 0.5, bias = rand(n);
        var layouts = new Dictionary<string, Tensor>
        {
            ["row after row"] = wide.slice(1, 0, n, 1).contiguous(),
            ["rows of a wider matrix"] = wide.slice(1, 0, n, 1),
            ["column after column"] = wide.slice(1, 0, n, 1).t().contiguous().t(),
        };
        int[] expected = Chains(a, layouts["row after row"], null), expectedWithBias = Chains(a, layouts["row after row"], bias);
        foreach (int bits in new[] { 128, 256, 512 })
        {
            foreach (int threads in new[] { 1, 2 })
            {
                SimdWidth.Bits = bits;
                set_num_threads(threads);
                Workers.LeastCost = 0;
                foreach ((string name, Tensor b) in layouts)
                    Assert.True(expected.SequenceEqual(Bits(a.mm(b))), $"{name}, width {bits}, {threads} threads");
                Tensor weight = layouts["column after column"].t();
                // The first call finds nothing packed, the second may.
                for (int call = 0; call < 2; call++)
                    Assert.True(expectedWithBias.SequenceEqual(Bits(nn.functional.linear(a, weight, bias))), $"linear, call {call}, width {bits}, {threads} threads");
            }
        }
    }

    private static int[] Chains(Tensor a, Tensor b, Tensor? bias)
    {
        (int m, int k, int n) = ((int)a.shape[0], (int)a.shape[1], (int)b.shape[1]);
        (float[] left, float[] right, float[]? add) = (a.data<float>().ToArray(), b.data<float>().ToArray(), bias?.data<float>().ToArray());
        int[] bits = new int[m * n];
        for (int i = 0; i < bits.Length; i++)
        {
            float sum = 0;
            for (int j = 0; j < k; j++) sum = MathF.FusedMultiplyAdd(left[(i / n * k) + j], right[(j * n) + (i % n)], sum);
            bits[i] = BitConverter.SingleToInt32Bits(add is null ? sum : sum + add[i % n]);
        }
        return bits;
    }

    private static IEnumerable<int> Bits(Tensor x) => x.data<float>().ToArray().Select(BitConverter.SingleToInt32Bits);

    [Fact]
    public void Every_elementwise_function_has_the_same_bits_at_every_width()
    {
        float[] values = [.. Enumerable.Range(-4000, 8001).Select(i => i * 0.0037f), float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1e-40f, 3e38f];
        var functions = new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["tanh"] = x => x.tanh(),
            ["exp"] = x => x.exp(),
            ["log"] = x => x.abs().log(),
            ["sigmoid"] = x => x.sigmoid(),
            ["sqrt"] = x => x.abs().sqrt(),
            ["sin"] = x => x.sin(),
            ["cos"] = x => x.cos(),
            ["div"] = x => 1 / x,
            ["sum"] = x => x.nan_to_num().sum(),
            ["mean of rows"] = x => x.nan_to_num().slice(0, 0, 8000, 1).reshape(80, 100).mean([1]),
            ["sum of columns"] = x => x.nan_to_num().slice(0, 0, 8000, 1).reshape(80, 100).sum(0L),
            ["layer_norm"] = x => nn.functional.layer_norm(x.slice(0, 0, 8000, 1).reshape(80, 100), [100]),
        };
        foreach ((string name, Func<Tensor, Tensor> function) in functions)
        {
            foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.Float64 })
            {
                long[]? expected = null;
                foreach (int bits in new[] { 128, 256, 512 })
                {
                    SimdWidth.Bits = bits;
                    using DisposeScope scope = NewDisposeScope();
                    long[] actual = [.. Close.Values(function(tensor(values).to(type))).Select(v => double.IsNaN(v) ? -1 : BitConverter.DoubleToInt64Bits(v))];
                    Assert.True(expected is null || expected.SequenceEqual(actual), $"{name} ({type}): width {bits} gives other bits than 128");
                    expected = actual;
                }
            }
        }
    }
}
