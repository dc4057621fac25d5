using FsCheck;
using FsCheck.Fluent;

namespace Ddpg.Tensors.Tests.Gradients;

/// <summary>What FsCheck varies (and shrinks): up to three dimensions of 0 to 4, which of them broadcast, which operands are transposed views, and the values' seed.</summary>
public sealed record Layout(int[] Dims, int Mask, int Seed)
{
    public static Arbitrary<Layout> Arbitrary { get; } = Arb.From(
        from rank in Gen.Choose(0, 3)
        from dims in Gen.Frequency((5, Gen.Choose(1, 4)), (1, Gen.Constant(0))).ArrayOf(rank)
        from mask in Gen.Choose(0, 255)
        from seed in Gen.Choose(0, 1 << 20)
        select new Layout(dims, mask, seed),
        layout => layout.Dims.Select((_, i) => layout with { Dims = [.. layout.Dims.Where((_, j) => j != i)] })
            .Concat(layout.Dims.Select((d, i) => layout with { Dims = [.. layout.Dims.Select((e, j) => j == i && e > 1 ? e - 1 : e)] }).Where(l => !l.Dims.SequenceEqual(layout.Dims)))
            .Concat(layout.Mask == 0 ? [] : [layout with { Mask = 0 }]));

    /// <summary>The i-th dimension, cyclically, at least <paramref name="least"/>.</summary>
    public long D(int i, int least = 0) => Dims.Length == 0 ? Math.Max(2, least) : Math.Max(Dims[i % Dims.Length], least);

    public long[] Shape => [.. Dims.Select(d => (long)d)];

    /// <summary>A shape that broadcasts to <see cref="Shape"/>: each bit of the mask turns a dimension into 1, and one more drops the first.</summary>
    public long[] BroadcastTo(int bits)
    {
        long[] shape = [.. Dims.Select((d, i) => (bits >> i & 1) != 0 ? 1L : d)];
        return (bits & 8) != 0 && shape.Length > 0 ? shape[1..] : shape;
    }

    public override string ToString() => $"dims ({string.Join(", ", Dims)}), mask {Mask}, seed {Seed}";

    /// <summary>The same cases in every run; DDPG_TEST_SEED=n asks for others.</summary>
    public static Config Config(int tests)
    {
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("DDPG_TEST_SEED"), out ulong given) ? given : 20260101;
        return FsCheck.Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(seed, (seed << 1) | 1);
    }
}
