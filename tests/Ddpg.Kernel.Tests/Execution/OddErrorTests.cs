using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>Exceptions and diagnostics that are odd themselves: the report is one of the cell, and the next cell runs.</summary>
public sealed class OddErrorTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("class E : Exception { public override string Message => null!; } throw new E();", "")]
    [InlineData("class E : Exception { public override string Message => throw new InvalidOperationException(\"broke\"); } throw new E();", "(its Message threw System.InvalidOperationException)")]
    [InlineData("class E : Exception { public override string ToString() => throw new Exception(\"x\"); public override string StackTrace => throw new Exception(\"y\"); } throw new E();", "Exception of type '")]
    [InlineData("class E : Exception { public E() : base(\"said\") { } public override System.Collections.IDictionary Data => throw new Exception(\"z\"); public override string Source => throw new Exception(); } throw new E();", "said")]
    [InlineData("class E : Exception { public override string Message => throw new Exception(); } throw new AggregateException(new E(), new FormatException(\"second\"));", "(its Message threw System.Exception)")]
    [InlineData("throw new Exception(\"half \\ud800 of one\");", "half \ufffd of one")]
    public async Task An_odd_exception_is_an_error_of_its_cell(string code, string message)
    {
        (CellError error, _) = await _fixture.Fail(code);
        Assert.StartsWith(message, string.Concat(error.Message.EnumerateRunes()), StringComparison.Ordinal);
        Assert.NotEmpty(error.Traceback);
        Assert.All(error.Traceback, Assert.NotNull);
        Assert.Equal("7", (await _fixture.Run("3 + 4")).Result["text/plain"]);
    }

    [Fact]
    public async Task All_causes_are_named_of_an_exception_that_gathers_several()
    {
        (CellError error, _) = await _fixture.Fail("""
            class Odd : Exception { public Odd(Exception inner) : base(null, inner) { } public override string Message => throw new Exception(); }
            throw new AggregateException("several", new Odd(new FormatException("inner one")), new ArgumentException("the second"));
            """);
        string traceback = string.Join('\n', error.Traceback);
        foreach (string part in (string[])["AggregateException", "(its Message threw System.Exception)", "System.FormatException: inner one", "System.ArgumentException: the second"])
            Assert.Contains(part, traceback);
    }

    [Fact]
    public async Task A_compile_error_without_a_place_is_shown_at_the_cells_beginning()
    {
        (CellError error, _) = await _fixture.Fail("extension(string s) { public int Words => s.Split(' ').Length; }");
        Assert.Contains("(1,1): error CS9283: ", string.Join('\n', error.Diagnostics));
        Assert.Equal("7", (await _fixture.Run("3 + 4")).Result["text/plain"]);
    }
}
