using System.Runtime.InteropServices;
using Ddpg.Kernel.Execution;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>#r "nuget: …" of packages that bring native libraries, of a platform's own assemblies, and of packages that need others.</summary>
public sealed class NativePackageTests : IDisposable
{
    private static readonly string Platform = RuntimeInformation.RuntimeIdentifier;
    private static readonly string OtherPlatform = OperatingSystem.IsWindows() ? "linux-x64" : "win-x64";

    private readonly SessionFixture _fixture = new();
    private readonly PackageFeed _feed;

    public NativePackageTests() => _feed = new PackageFeed(_fixture.Folder);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_native_library_of_a_package_is_found_by_its_assembly_and_by_the_cell()
    {
        string native = TestLibrary.CopyNative(Made("native"), "ddpg_test_crc");
        string binding = Compile("Ddpg.Test.Binding", TestLibrary.Binding("Packaged", "ddpg_test_crc"));
        _feed.Add("Ddpg.Test.Binding", "1.0.0", [Library(binding), Native(native), ($"runtimes/{OtherPlatform}/native/{Path.GetFileName(native)}", Garbage("other platform's"))]);
        RecordingOutput output = await _fixture.Run("#i \"nuget: feed\"\n#r \"nuget: Ddpg.Test.Binding, 1.0.0\"\nPackaged.CrcOfDigits()");
        Assert.Equal(TestLibrary.CrcOfDigits, output.Result["text/plain"]);
        Assert.Equal("Installed Ddpg.Test.Binding, 1.0.0", output.Updates.Single().Bundle["text/plain"]);
        Assert.Equal(TestLibrary.CrcOfDigits, (await _fixture.Run(TestLibrary.Binding("Own", "ddpg_test_crc") + "\nOwn.CrcOfDigits()")).Result["text/plain"]);
        Assert.Equal("True", (await _fixture.Run("System.Runtime.InteropServices.NativeLibrary.TryLoad(\"ddpg_test_crc\", typeof(Packaged).Assembly, null, out _)")).Result["text/plain"]);
    }

    [Fact]
    public async Task Natives_may_come_as_a_package_of_their_own()
    {
        string binding = Compile("Ddpg.Test.Binding", TestLibrary.Binding("Packaged", "ddpg_test_crc"));
        _feed.Add("Ddpg.Test.Natives", "2.0.0", [Native(TestLibrary.CopyNative(Made("native"), "libddpg_test_crc"))]);
        _feed.Add("Ddpg.Test.Binding", "1.0.0", [Library(binding)], ("Ddpg.Test.Natives", "2.0.0"));
        Assert.Equal(TestLibrary.CrcOfDigits, (await _fixture.Run("#r \"nuget: Ddpg.Test.Binding\"\nPackaged.CrcOfDigits()")).Result["text/plain"]);
    }

    [Fact]
    public async Task Natives_by_themselves_serve_a_cells_own_declaration()
    {
        _feed.Add("Ddpg.Test.Natives", "2.0.0", [Native(TestLibrary.CopyNative(Made("native"), "libddpg_test_crc"))]);
        string code = "#r \"nuget: Ddpg.Test.Natives, 2.0.0\"\n" + TestLibrary.Binding("Own", "ddpg_test_crc") + "\nOwn.CrcOfDigits()";
        Assert.Equal(TestLibrary.CrcOfDigits, (await _fixture.Run(code)).Result["text/plain"]);
        Assert.Empty((await _fixture.Run("#r \"nuget: Ddpg.Test.Natives, 2.0.0\"")).Displays);
    }

    [Fact]
    public async Task An_assembly_that_is_there_already_keeps_its_own_natives()
    {
        // As the kit's TorchSharp: the assembly is named by #r and asks for its library by an event, which comes after the natives of packages.
        string binding = Compile("Ddpg.Test.Binding", TestLibrary.Binding("Packaged", "ddpg_test_crc")), own = TestLibrary.CopyNative(Made("own"), "crc");
        string user = Compile("Ddpg.Test.User", "public static class User { public static uint Crc() => Packaged.CrcOfDigits(); }", binding);
        _feed.Add("Ddpg.Test.Binding", "1.0.0", [Library(binding), Native(Garbage("libddpg_test_crc" + Path.GetExtension(own)))]);
        _feed.Add("Ddpg.Test.User", "1.0.0", [Library(user)], ("Ddpg.Test.Binding", "1.0.0"));
        await _fixture.Run($$"""
            #r "{{binding.Replace('\\', '/')}}"
            var context = System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(Packaged).Assembly);
            context.ResolvingUnmanagedDll += (_, _) => System.Runtime.InteropServices.NativeLibrary.Load(@"{{own}}");
            """);
        Assert.Equal(TestLibrary.CrcOfDigits, (await _fixture.Run("#r \"nuget: Ddpg.Test.User, 1.0.0\"\nUser.Crc()")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_platforms_own_assembly_comes_before_the_one_for_all()
    {
        string all = Compile("Ddpg.Test.Where", "public static class Where { public static string Is => \"all\"; }");
        string platform = TestLibrary.Compile(Path.Combine(Made("platform"), "Ddpg.Test.Where.dll"), "public static class Where { public static string Is => \"platform\"; }");
        _feed.Add("Ddpg.Test.Where", "1.0.0", [Library(all), ($"runtimes/{Platform}/lib/net8.0/Ddpg.Test.Where.dll", platform)]);
        Assert.Equal("platform", (await _fixture.Run("#r \"nuget: Ddpg.Test.Where, 1.0.0\"\nWhere.Is")).Result["text/plain"]);
    }

    [Fact]
    public async Task A_package_that_needs_a_newer_build_of_what_is_loaded_is_refused_and_one_that_needs_an_older_is_not()
    {
        string older = Versioned("1.0.0"), newer = Versioned("2.0.0");
        _feed.Add("Ddpg.Test.Base", "1.0.0", [Library(older)]);
        _feed.Add("Ddpg.Test.Base", "2.0.0", [Library(newer)]);
        foreach (string version in (string[])["1.0.0", "2.0.0"])
            _feed.Add($"Ddpg.Test.Needs{version[0]}", "1.0.0", [], ("Ddpg.Test.Base", version));
        await _fixture.Run("#r \"nuget: Ddpg.Test.Base, 1.0.0\"");
        (CellError error, RecordingOutput output) = await _fixture.Fail("#r \"nuget: Ddpg.Test.Needs2, 1.0.0\"\nConsole.Write(1);");
        Assert.StartsWith("Ddpg.Test.Base, version 2.0.0 (Ddpg.Test.Needs2 needs it): not installed. Ddpg.Test.Base is loaded already in version 1.0.0", error.Message);
        Assert.Equal("Not installed: Ddpg.Test.Needs2, version 1.0.0", output.Updates.Single().Bundle["text/plain"]);
        Assert.Equal("1.0.0.0", (await _fixture.Run("#r \"nuget: Ddpg.Test.Needs1, 1.0.0\"\ntypeof(Base).Assembly.GetName().Version.ToString()")).Result["text/plain"]);

        using var other = new SessionFixture();
        await other.Run($"#r \"{newer.Replace('\\', '/')}\"");
        Assert.Equal("2.0.0.0", (await other.Run($"#i \"nuget: {Path.Combine(_fixture.Folder, "feed")}\"\n#r \"nuget: Ddpg.Test.Needs1, 1.0.0\"\ntypeof(Base).Assembly.GetName().Version.ToString()")).Result["text/plain"]);
    }

    [SkippableFact]
    public async Task SQLites_package_runs_its_native_library()
    {
        using var online = new SessionFixture();
        var output = new RecordingOutput();
        CellResult result = await online.Session.ExecuteAsync("""
            #r "nuget: SQLitePCLRaw.bundle_e_sqlite3, 3.0.5"
            using SQLitePCL;
            Batteries_V2.Init();
            raw.sqlite3_open(":memory:", out sqlite3 database);
            raw.sqlite3_prepare_v2(database, "select 6 * 7", out sqlite3_stmt statement);
            raw.sqlite3_step(statement);
            raw.sqlite3_column_int(statement, 0)
            """, output, CancellationToken.None);
        Skip.If(result.Error?.Message.Contains("A package source cannot be reached", StringComparison.Ordinal) == true, "no package source can be reached, and NuGet's cache lacks SQLitePCLRaw.bundle_e_sqlite3");
        Assert.True(result.Status == CellStatus.Ok, string.Join('\n', result.Error?.Traceback ?? []) + output.StandardError);
        Assert.Equal("42", output.Result["text/plain"]);
    }

    private static (string Path, string File) Library(string file) => ("lib/net8.0/" + Path.GetFileName(file), file);

    private static (string Path, string File) Native(string file) => ($"runtimes/{Platform}/native/{Path.GetFileName(file)}", file);

    private string Made(string folder) => Path.Combine(_fixture.Folder, "made", folder);

    private string Compile(string name, string code, string? reference = null) => TestLibrary.Compile(Path.Combine(Made("lib"), name + ".dll"), code, reference);

    private string Versioned(string version) =>
        TestLibrary.Compile(Path.Combine(Made(version), "Ddpg.Test.Base.dll"), "public class Base;", version: new Version(version + ".0"));

    /// <summary>No library at all: loading it fails.</summary>
    private string Garbage(string name)
    {
        string file = Path.Combine(Made("garbage"), name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "no library");
        return file;
    }
}
