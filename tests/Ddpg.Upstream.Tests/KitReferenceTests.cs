using System.Numerics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>The kit's copy of TorchSharp.dll, in which the build changes one reference.</summary>
[Trait("Speed", "tiny")]
public sealed partial class KitReferenceTests
{
    /// <summary>Otherwise upstream's kernel says CS1701 of every cell that computes with tensors.</summary>
    [Fact]
    public void TheKitsTorchSharpRefersToThisRuntimesComplex()
    {
        string path = TorchSharp().Match(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "kit", "setup.csx"))).Groups[1].Value;
        using PEReader assembly = new(File.OpenRead(path));
        MetadataReader metadata = assembly.GetMetadataReader();
        AssemblyReference[] references = [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)];
        Assert.Equal(typeof(Complex).Assembly.GetName().Version, Assert.Single(references, reference => metadata.GetString(reference.Name) == "System.Runtime.Numerics").Version);
        // The build found the row: its neighbours are whole.
        Assert.All(references, reference => Assert.NotEmpty(metadata.GetString(reference.Name)));
        Assert.Equal("TorchSharp", metadata.GetString(metadata.GetAssemblyDefinition().Name));
    }

    [GeneratedRegex("#r \"(.*/TorchSharp\\.dll)\"")]
    private static partial Regex TorchSharp();
}
