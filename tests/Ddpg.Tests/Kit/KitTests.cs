using System.Security.Cryptography;

namespace Ddpg.Tests.Kit;

/// <summary>A notebook must never run on code that is older than the sources beside it.</summary>
[Trait("Speed", "tiny")]
public sealed class KitTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("kit").FullName;
    private readonly string _kit;

    public KitTests()
    {
        _kit = Path.Combine(_root, "artifacts", "kit", "0123456789ab");
        Directory.CreateDirectory(_kit);
        Directory.CreateDirectory(Path.Combine(_root, "src", "Ddpg", "Agents"));
        Write("src/Ddpg/Agents/Agent.cs", "class Agent;");
        Write("src/Ddpg/Box.cs", "class Box;");
        string[] lines = [.. new[] { "src/Ddpg/Agents/Agent.cs", "src/Ddpg/Box.cs" }
            .Select(file => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_root, file))))} {file}")];
        File.WriteAllLines(Path.Combine(_kit, "sources.txt"), lines);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Unchanged_sources_are_current() => Assert.Empty(Ddpg.Kit.ChangedSources(_kit, _root));

    [Fact]
    public void A_changed_an_added_and_a_removed_file_are_named()
    {
        Write("src/Ddpg/Agents/Agent.cs", "class Agent { }");
        Write("src/Ddpg/New.cs", "class New;");
        File.Delete(Path.Combine(_root, "src", "Ddpg", "Box.cs"));
        Assert.Equal(["src/Ddpg/Agents/Agent.cs", "src/Ddpg/Box.cs", "src/Ddpg/New.cs"], Ddpg.Kit.ChangedSources(_kit, _root));
    }

    [Fact]
    public void A_stale_kit_is_refused_with_the_command_that_mends_it()
    {
        Write("src/Ddpg/Box.cs", "class Box { }");
        var refused = Assert.Throws<InvalidOperationException>(() => Ddpg.Kit.EnsureCurrent(_kit, _root));
        Assert.Contains("src/Ddpg/Box.cs", refused.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet build -c Release src/Ddpg", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kit_other_than_the_loaded_one_asks_for_a_restart()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Ddpg.Kit.EnsureCurrent(_kit, _root));
        Assert.Contains("Restart the kernel", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loaded_kit_is_accepted() => Ddpg.Kit.EnsureCurrent(Path.GetDirectoryName(typeof(Ddpg.Kit).Assembly.Location)!, _root);

    [Fact]
    public void A_kit_without_its_sources_beside_it_is_not_compared() => Assert.Empty(Ddpg.Kit.ChangedSources(_kit, Path.Combine(_root, "elsewhere")));

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_root, file), text);
}
