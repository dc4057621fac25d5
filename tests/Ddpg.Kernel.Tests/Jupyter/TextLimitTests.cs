using Ddpg.Kernel.Jupyter.Outputs;

namespace Ddpg.Kernel.Tests.Jupyter;

[Trait("Speed", "tiny")]
public class TextLimitTests
{
    [Fact]
    public void UnderTheLimitNothingChanges()
    {
        TextLimit limit = new(100);
        Assert.Equal("abc", limit.Pass("stdout", "abc"));
        Assert.Equal("", limit.Finish());
    }

    [Fact]
    public void OverTheLimitTheEndIsKeptAndTheRestCounted()
    {
        TextLimit limit = new(10);
        Assert.StartsWith("0123456789\n[Over 10 characters", limit.Pass("stdout", "0123456789rest\n"), StringComparison.Ordinal);
        for (int i = 0; i < 10_000; i++) Assert.Equal("", limit.Pass("stdout", $"line {i}\n"));
        string end = limit.Finish();
        Assert.EndsWith("line 9998\nline 9999\n", end, StringComparison.Ordinal);
        Assert.InRange(end.Length, 1000, 20_000);
        // 4 + 1 of "rest\n", and 10,000 lines of "line n\n".
        int held = 5 + Enumerable.Range(0, 10_000).Sum(i => $"line {i}\n".Length);
        int shown = end.Length - end.IndexOf('\n') - 1;
        Assert.Contains($"[{held - shown:N0} characters are not shown", end, StringComparison.Ordinal);
    }

    [Fact]
    public void ALittleOverTheLimitNothingIsLost()
    {
        TextLimit limit = new(4);
        Assert.StartsWith("abcd\n[", limit.Pass("stdout", "abcdef"), StringComparison.Ordinal);
        Assert.EndsWith("\nef", limit.Finish(), StringComparison.Ordinal);
    }

    [Fact]
    public void TextThatEndsExactlyAtTheLimitIsFollowedByTheNotice()
    {
        TextLimit limit = new(4);
        Assert.Equal("abc\n", limit.Pass("stdout", "abc\n"));
        Assert.StartsWith("\n[Over 4 characters", limit.Pass("stdout", "def\n"), StringComparison.Ordinal);
        Assert.Equal("", limit.Pass("stdout", "ghi\n"));
        Assert.EndsWith("def\nghi\n", limit.Finish(), StringComparison.Ordinal);
    }

    [Fact]
    public void APairOfSurrogatesIsNotCut()
    {
        TextLimit limit = new(4);
        Assert.StartsWith("abc\n[", limit.Pass("stdout", "abc🎈"), StringComparison.Ordinal);
        Assert.EndsWith("🎈", limit.Finish(), StringComparison.Ordinal);
    }

    [Fact]
    public void ChangingStreamsCostsMessagesAndCountsAsText()
    {
        TextLimit limit = new(10_000);
        int passed = 0;
        for (int i = 0; i < 100_000; i++) passed += limit.Pass(i % 2 == 0 ? "stdout" : "stderr", "x") == "x" ? 1 : 0;
        Assert.InRange(passed, 50, 200);
    }

    [Fact]
    public void ClearedOutputBeginsAgain()
    {
        TextLimit limit = new(4);
        limit.Pass("stdout", "abcdefgh");
        limit.Reset();
        Assert.Equal("ab", limit.Pass("stdout", "ab"));
        Assert.Equal("", limit.Finish());
    }
}
