namespace Ddpg.Kernel.Tests.Execution;

/// <summary>#r of assemblies made on the spot, in a folder with spaces and non-ASCII names.</summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task An_assembly_finds_what_lies_beside_it()
    {
        string dependency = Compile("inner", "namespace Inner { public class Base { public virtual int V => 1; } public static class Deep { public static int Number => 42; } }");
        Compile("outer", "namespace Outer { public class Derived : Inner.Base { public override int V => Inner.Deep.Number; } }", dependency);
        Assert.Equal("42", (await _fixture.Run("#r \"lib/outer.dll\"\nusing Outer;\nnew Derived().V")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_reference_alone_in_a_cell_holds_for_the_cells_after_it()
    {
        Compile("alone", "public static class Alone { public static int V => 7; }");
        await _fixture.Run("#r \"lib/alone.dll\"");
        Assert.Equal("7", (await _fixture.Run("Alone.V")).Result["text/plain"]);
        Assert.Equal("8", (await _fixture.Run("Alone.V + 1")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_library_built_against_a_forwarding_assembly_is_understood()
    {
        // xunit's libraries refer to System.Runtime or netstandard, which hold no type of their own: the list of references has no such assembly until one is asked for.
        string library = typeof(Assert).Assembly.Location.Replace('\\', '/'), contracts = typeof(Xunit.Abstractions.ITestOutputHelper).Assembly.Location.Replace('\\', '/');
        await _fixture.Run($"#r \"{library}\"\n#r \"{contracts}\"");
        Assert.Equal("2", (await _fixture.Run("Xunit.Assert.Contains(2, new List<int> { 1, 2 }, EqualityComparer<int>.Default); Xunit.Assert.Equal(2.0, 2.0, 3);\n2")).Result["text/plain"]);
        Assert.Equal("True", (await _fixture.Run("class Quiet : Xunit.Abstractions.ITestOutputHelper { public void WriteLine(string m) { } public void WriteLine(string f, params object[] a) { } }\nnew Quiet() is Xunit.Abstractions.ITestOutputHelper")).Result["text/plain"]);
        Assert.Equal("1", (await _fixture.Run("#r \"System.Runtime.dll\"\n#r \"System.dll\"\nnew Uri(\"http://a/\").Segments.Length")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_native_library_beside_the_assembly_is_found()
    {
        Compile("binding", TestLibrary.Binding("Beside", "ddpg_test_native"));
        TestLibrary.CopyNative(Path.Combine(_fixture.Folder, "lib"), "ddpg_test_native");
        Assert.Equal(TestLibrary.CrcOfDigits, (await _fixture.Run("#r \"lib/binding.dll\"\nBeside.CrcOfDigits()")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_rebuilt_assembly_is_refused_rather_than_run_in_its_old_form()
    {
        Compile("changing", "public static class Changing { public static int V => 1; }");
        Assert.Equal("1", (await _fixture.Run("#r \"lib/changing.dll\"\nChanging.V")).Result["text/plain"]);
        Assert.Equal("1", (await _fixture.Run("#r \"lib/changing.dll\"\nChanging.V")).Result["text/plain"]);
        string other = Compile("changing", "public static class Changing { public static int V => 2; }", folder: "other");
        Assert.Contains("Restart the kernel", (await _fixture.Fail($"#r \"{other.Replace('\\', '/')}\"\nChanging.V")).Error.Message);
        Assert.Equal("1", (await _fixture.Run("Changing.V")).Result["text/plain"]);
    }

    [Fact]
    public async Task Sessions_do_not_share_a_librarys_statics()
    {
        string path = Compile("counter", "public static class Counter { public static int N; }").Replace('\\', '/');
        await _fixture.Run($"#r \"{path}\"\nCounter.N = 5;");
        using var other = new SessionFixture();
        Assert.Equal("0", (await other.Run($"#r \"{path}\"\nCounter.N")).Result["text/plain"]);
    }

    private string Compile(string name, string code, string? reference = null, string folder = "lib") =>
        TestLibrary.Compile(Path.Combine(_fixture.Folder, folder, name + ".dll"), code, reference);
}
