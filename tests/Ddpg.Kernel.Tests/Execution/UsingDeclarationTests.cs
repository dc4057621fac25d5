using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>TorchSharp's usual first line is not C# script.</summary>
public sealed class UsingDeclarationTests : IDisposable
{
    private const string Scope = "class Scope : IDisposable { public void Dispose() { } } Scope NewDisposeScope() => new Scope();";

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("using var d = NewDisposeScope();\nConsole.WriteLine(1);", "(1,1): hint: ", "var d = NewDisposeScope();", "d.Dispose();")]
    [InlineData("int z = 1; using var d2 = NewDisposeScope(); Console.WriteLine(1);", "(1,12): hint: ", "{ using var d2 = …; … }", "d2.Dispose();")]
    [InlineData("Console.Write(1);\nusing Scope s = NewDisposeScope();", "(2,1): hint: ", "Scope s = NewDisposeScope();", "s.Dispose();")]
    [InlineData("await using var a = NewDisposeScope();", "hint: ", "{ using var a = …; … }", "a.Dispose();")]
    [InlineData("#!time\nif (true) Console.Write(1);\nusing var d = NewDisposeScope();", "(3,1): hint: ", "var d = NewDisposeScope();", "d.Dispose();")]
    public async Task At_the_top_level_the_error_says_what_to_write(string code, params string[] hints)
    {
        await _fixture.Run(Scope);
        (CellError error, RecordingOutput output) = await _fixture.Fail(code);
        foreach (string hint in hints)
        {
            Assert.Contains(hint, output.StandardError);
            Assert.Contains(hint, string.Join('\n', error.Traceback));
        }
    }

    [Theory]
    [InlineData("{ using var d = NewDisposeScope(); Console.Write(1); }")]
    [InlineData("void F() { using var d = NewDisposeScope(); } F();")]
    [InlineData("using (var d = NewDisposeScope()) { }")]
    [InlineData("using (NewDisposeScope()) { }")]
    [InlineData("using System.IO;\nusing Text = System.Text;\nusing static System.Math;\nAbs(-1)")]
    public async Task What_is_allowed_is_untouched(string code)
    {
        await _fixture.Run(Scope);
        await _fixture.Run(code);
    }

    [Theory]
    [InlineData("using System.IO;\nint x = \"a\";")]
    [InlineData("using Nowhere.AtAll;")]
    [InlineData("void F() { using var d = NewDisposeScope(); int x = \"a\"; }")]
    public async Task Another_error_has_no_such_hint(string code)
    {
        await _fixture.Run(Scope);
        (CellError error, _) = await _fixture.Fail(code);
        Assert.DoesNotContain("hint", string.Join('\n', error.Traceback));
    }
}
