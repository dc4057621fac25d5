namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>Blocks cut from large pages: aligned, apart from each other, and only where they are small.</summary>
[Trait("Speed", "tiny")]
public unsafe class HugePagesTests
{
    [Fact]
    public void Blocks_are_aligned_and_do_not_overlap()
    {
        nint[] blocks = [.. Enumerable.Range(0, 100).Select(i => Take(1 + i))];
        // None at all where the system has no such pages, or where this process has used what there is.
        nint[] taken = [.. blocks.Where(block => block != 0).Order()];
        Assert.All(taken, block => Assert.Equal(0, block % 64));
        foreach (nint block in taken) new Span<byte>((byte*)block, 64).Fill(1);
        Assert.All(taken.Zip(taken.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 64));
        Assert.Equal(taken.Length, taken.Distinct().Count());
    }

    [Fact]
    public void Large_blocks_are_the_systems_business() => Assert.Equal(0, Take(8L << 20));

    private static nint Take(long bytes) => (nint)HugePages.TryTake(bytes);
}
