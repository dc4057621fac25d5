using Ddpg.Kernel.Interactive;
using Ddpg.Kernel.Jupyter.Requests;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using LinePosition = Microsoft.DotNet.Interactive.LinePosition;

namespace Ddpg.Kernel.Tests.Interactive;

/// <summary>What an editor asks of the C# kernel, answered by Roslyn.</summary>
public sealed class EditorCommandTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Upstreams_commands_are_answered()
    {
        await _fixture.Run("/// <summary>Doubles a number.</summary>\n/// <param name=\"number\">What to double.</param>\nint Twice(int number) => 2 * number;");
        using var kernel = new CellKernel(_fixture.Session);
        CompletionsProduced list = await Answer<CompletionsProduced>(new RequestCompletions("1 + Twi", new LinePosition(0, 7)));
        Assert.Equal((4, 7, "Twice"), (list.LinePositionSpan.Start.Character, list.LinePositionSpan.End.Character, Assert.Single(list.Completions).InsertText));
        HoverTextProduced hover = await Answer<HoverTextProduced>(new RequestHoverText("Twice(1)", new LinePosition(0, 2)));
        Assert.Equal("int Twice(int number)\n\nDoubles a number.", hover.Content.First().Value);
        SignatureHelpProduced help = await Answer<SignatureHelpProduced>(new RequestSignatureHelp("Twice(1)", new LinePosition(0, 6)));
        ParameterInformation parameter = Assert.Single(Assert.Single(help.Signatures).Parameters);
        Assert.Equal(("number", "What to double."), (parameter.Label, parameter.Documentation.Value));

        async Task<TEvent> Answer<TEvent>(KernelCommand command) => Assert.Single((await kernel.SendAsync(command)).Events.OfType<TEvent>());
    }

    [Theory]
    [InlineData("Twice(1, ", "int Twice(int number)", 1)]
    [InlineData("new List<int>(", "List<int>()", 3)]
    [InlineData("List<int> numbers = new(", "List<int>()", 3)]
    [InlineData("called(", "int Func<string, int>(string arg)", 1)]
    [InlineData("\"text\"[", "char string[int index]", 1)]
    public async Task Signatures_are_known_of_everything_that_takes_arguments(string code, string first, int count)
    {
        await _fixture.Run("int Twice(int number) => 2 * number;\nFunc<string, int> called = text => 1;");
        SignatureHelpProduced? found = await _fixture.Session.Editor.SignaturesAsync(new RequestSignatureHelp(code, new LinePosition(0, code.Length)), CancellationToken.None);
        Assert.Equal((first, count), (found?.Signatures[0].Label, found?.Signatures.Count));
    }

    [Fact]
    public async Task Completion_follows_the_session()
    {
        await _fixture.Run("var first = 1;");
        Assert.Equal("first", await Only("firs"));
        await _fixture.Run("using System.Text.Json;\nvar first = \"a\";");
        Assert.Equal("Length", await Only("first.Len"));
        Assert.Equal("JsonNamingPolicy", await Only("JsonNamingP"));
        await _fixture.Fail("var broken = 1 + ;");
        await _fixture.Fail("var thrown = 1; throw new Exception();");
        Assert.Equal("thrown", await Only("thrown"));
        Assert.Equal("", await Only("broken"));
    }

    [Fact]
    public async Task Completion_knows_files_that_a_cell_loads()
    {
        _fixture.Write("loaded.csx", "int FromFile(int x) => x;");
        Assert.Equal("FromFile", await Only("#load \"loaded.csx\"\nFromFi"));
        await _fixture.Run("#load \"loaded.csx\"\nint afterLoad = 1;");
        Assert.Equal("FromFile", await Only("FromFi"));
        Assert.Equal("afterLoad", await Only("afterLo"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 + ")]
    [InlineData("if (first > 0)\n    ")]
    public async Task What_the_reader_has_just_written_comes_first(string code)
    {
        await _fixture.Run("var first = 1;");
        Assert.StartsWith("first,", await Only(code));
    }

    [Theory]
    [InlineData("Math.Max(first, 2)", 11, "(field) int first")]
    [InlineData("Math.Max(first, 2)", 6, "byte Math.Max(byte val1, byte val2)")]
    [InlineData("Math.Max(first, 2)", 15, "byte Math.Max(byte val1, byte val2)")]
    [InlineData("#!time\nTwice", 9, "int Twice(int number)")]
    [InlineData("Point", 2, "record Point\nPoint(int X)")]
    [InlineData("DayOfWeek", 2, "enum System.DayOfWeek")]
    [InlineData("called", 2, "(field) Func<string, int> called")]
    public async Task Inspection_says_what_the_name_at_the_cursor_is(string code, int cursor, string start)
    {
        await _fixture.Run("int Twice(int number) => 2 * number;\nvar first = 1;\nFunc<string, int> called = text => 1;\nrecord Point(int X);");
        Assert.StartsWith(start, new EditorRequests(_fixture.Session).Describe(code, cursor)?["text/plain"]);
    }

    private async Task<string> Only(string code)
    {
        string[] lines = code.Split('\n');
        var command = new RequestCompletions(code, new LinePosition(lines.Length - 1, lines[^1].Length));
        return string.Join(',', (await _fixture.Session.Editor.CompleteAsync(command, CancellationToken.None)).Completions.Select(item => item.InsertText));
    }
}
