using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Execution.Packages;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>#r "nuget: …": everything here works without a network, by a source that is an empty folder and by packages that this repository's own restore has fetched.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Offline = """
        <configuration>
          <packageSources><clear /><add key="empty" value="feed" /></packageSources>
        </configuration>
        """;

    private readonly SessionFixture _fixture = new();

    public PackageTests()
    {
        Directory.CreateDirectory(Path.Combine(_fixture.Folder, "feed"));
        _fixture.Write("nuget.config", Offline);
    }

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("#r \"nuget: Markdig, 1.6.0\"", "Markdig", "1.6.0")]
    [InlineData("  #r  \"nuget:Markdig,1.6.0\"  // why", "Markdig", "1.6.0")]
    [InlineData("#r \"NuGet: TorchSharp-cpu , 0.107.* \";", "TorchSharp-cpu", "0.107.*")]
    [InlineData("#r \"nuget: A.B_c, [1.0,2.0)\"", "A.B_c", "[1.0,2.0)")]
    [InlineData("#r \"nuget: X, 1.0.0-beta.26120.1\"", "X", "1.0.0-beta.26120.1")]
    [InlineData("#r \"nuget: X\"", "X", null)]
    [InlineData("#r \"nuget: X, *-*\"", "X", "*-*")]
    public void A_line_names_a_package(string line, string name, string? version)
    {
        Assert.True(PackageDirective.IsOne(line));
        PackageDirective package = PackageDirective.Parse(line, 3, out _)!;
        Assert.Equal((name, version, "", 3), (package.Name, package.Version?.Trim(), package.Source, package.Line));
    }

    [Theory]
    [InlineData("#r \"lib/a.dll\"")]
    [InlineData("#region nuget:")]
    [InlineData("var s = \"nuget: X\";")]
    public void Other_lines_are_left_to_the_compiler(string line) => Assert.False(PackageDirective.IsOne(line));

    [Theory]
    [InlineData("1 + 1\n#r \"nuget:\"", 2, "#r \"nuget: Markdig, 1.6.0\"")]
    [InlineData("#r \"nuget: two words\"", 1, "#r \"nuget: Markdig, 1.6.0\"")]
    [InlineData("#i \"feed\"", 1, "#i \"nuget: https://")]
    public async Task A_line_that_names_none_fails_before_anything_runs(string code, int line, string example)
    {
        CellError error = (await _fixture.Fail(code)).Error;
        Assert.StartsWith($"({line},1): error: ", error.Diagnostics[0]);
        Assert.Contains(example, error.Diagnostics[0]);
    }

    [Theory]
    [InlineData("1.2", "1.2.0", true)]
    [InlineData("[1.2.0]", "1.2.0.0", true)]
    [InlineData("1.*", "1.7.2", true)]
    [InlineData("1.2.0", "1.2.1", false)]
    [InlineData("1.2.0-beta.1", "1.2.0", false)]
    [InlineData("[1.0,2.0)", "1.5.0", false)]
    public void Versions_fit(string asked, string version, bool fits) => Assert.Equal(fits, PackageVersion.Fits(asked, version));

    [Fact]
    public void Packages_come_before_the_code_and_leave_its_lines_where_they_are()
    {
        ParsedCell cell = MagicParser.Parse("var a = 1;\n#r \"nuget: X, 1.0\"\n#i \"nuget: feed\"\na");
        Assert.Equal([CellPartKind.Packages, CellPartKind.CSharp], cell.Parts.Select(part => part.Kind));
        Assert.Equal(("\n#r \"nuget: X, 1.0\"\n#i \"nuget: feed\"", 2), (cell.Parts[0].Text, cell.Parts[0].Line));
        Assert.Equal("var a = 1;\n\n\na", cell.Parts[1].Text);
    }

    [Fact]
    public async Task A_package_is_installed_and_used()
    {
        RecordingOutput output = await _fixture.Run("#r \"nuget: Markdig, 1.6.0\"\nusing Markdig;\nMarkdown.ToPlainText(\"**bold**\").Trim()");
        Assert.Equal("bold", output.Result["text/plain"]);
        (string id, var installing) = Assert.Single(output.Displays);
        Assert.Equal("Installing package Markdig, version 1.6.0…", installing["text/plain"]);
        Assert.Equal((id, "Installed Markdig, 1.6.0"), (output.Updates.Single().Id, output.Updates.Single().Bundle["text/plain"]));
        // Once more is no work and no display; a later cell sees it; another version is refused.
        Assert.Empty((await _fixture.Run("#r \"nuget: Markdig, 1.6\"\n#r \"nuget: markdig\"\nMarkdown.ToHtml(\"x\")")).Displays);
        (CellError error, RecordingOutput refused) = await _fixture.Fail("#r \"nuget: Markdig, 0.30.0\"\nConsole.Write(1);");
        Assert.Matches("Markdig, version 0.30.0: not installed. .* version 1.6.0.*Restart the kernel", error.Message);
        Assert.Equal("", refused.StandardOutput);
    }

    [Fact]
    public async Task A_package_that_no_source_has_is_an_error_that_says_so()
    {
        (CellError error, RecordingOutput output) = await _fixture.Fail("\n#r \"nuget: Ddpg.No.Such.Package, 1.2.3\"\nConsole.Write(1);");
        Assert.StartsWith("(2,1): error: Ddpg.No.Such.Package, version 1.2.3: not installed. No source has a package of this name", error.Diagnostics[0]);
        Assert.Contains("NU1101", error.Message);
        Assert.Equal((2, "#r \"nuget: Ddpg.No.Such.Package, 1.2.3\""), (error.Line, error.SourceLine));
        Assert.Equal("Not installed: Ddpg.No.Such.Package, version 1.2.3", output.Updates.Single().Bundle["text/plain"]);
        Assert.Equal("", output.StandardOutput);
    }

    [Fact]
    public async Task What_is_loaded_is_accepted_in_its_version_and_refused_in_another_by_name()
    {
        string xunit = typeof(Assert).Assembly.Location.Replace('\\', '/');
        await _fixture.Run($"#r \"{xunit}\"");
        Assert.Empty((await _fixture.Run("#r \"nuget: xunit.assert, 2.9.3\"\n#r \"nuget: Microsoft.DotNet.Interactive, 1.0.0-beta.26120.1\"")).Displays);
        string assert = (await _fixture.Fail("#r \"nuget: xunit.assert, 2.4.0\"")).Error.Message;
        Assert.Matches("^xunit.assert, version 2.4.0: not installed. xunit.assert is loaded already in version 2.9.3", assert);
        // A package of natives has the versions of what it is for.
        Assert.Contains("xunit.assert is loaded already", (await _fixture.Fail("#r \"nuget: xunit.assert-cpu, 2.4.0\"")).Error.Message);
        Assert.Contains("1.0.0-beta.26120.1", (await _fixture.Fail("#r \"nuget: Microsoft.DotNet.Interactive, 1.0.0-beta.20000.1\"")).Error.Message);
    }

    [Fact]
    public async Task An_interrupt_ends_the_installation()
    {
        using var interrupt = new CancellationTokenSource();
        var output = new RecordingOutput();
        Task<CellResult> running = _fixture.Session.ExecuteAsync("#r \"nuget: Markdig, 1.6.0\"\nConsole.Write(1);", output, interrupt.Token);
        await output.Until(shown => shown.Displays.Count == 1);
        await interrupt.CancelAsync();
        Assert.Equal(CellStatus.Interrupted, (await running).Status);
        Assert.Equal("Not installed: Markdig, version 1.6.0", output.Updates.Single().Bundle["text/plain"]);
        Assert.Equal("2", (await _fixture.Run("1 + 1")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_source_that_is_no_folder_is_named()
    {
        Assert.Contains("\"nowhere\" is no folder", (await _fixture.Fail("#i \"nuget: nowhere\"")).Error.Message);
        Assert.Empty((await _fixture.Run("#i \"nuget: feed\"")).Displays);
    }
}
