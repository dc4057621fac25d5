using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>What every cell may use without <c>#r</c>: the runtime's own assemblies, and this one, which holds <c>display</c> and its kin.</summary>
internal static class Framework
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>.NET Interactive's, of which cells use the kernel's own copy whatever lies beside a library.</summary>
    private static readonly string[] Upstream =
        [.. new[] { "Microsoft.DotNet.Interactive", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.DotNet.Interactive.Documents", "Microsoft.AspNetCore.Html.Abstractions", "System.Reactive" }
            .Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))];

    private static readonly Lazy<HashSet<string>> Names = new(() => [.. Files().Concat(Upstream).Select(file => Path.GetFileNameWithoutExtension(file))]);
    private static readonly Lazy<IReadOnlyList<MetadataReference>> SharedReferences = new(() =>
        [.. Files().Where(HasTypes).Concat(Upstream).Append(typeof(Framework).Assembly.Location).Select(file => Reference(file, [.. DocumentationOf(file)]))]);
    private static readonly Lazy<Dictionary<string, PortableExecutableReference>> Forwarders = new(() => Files().Where(file => !HasTypes(file)).ToDictionary(
        file => Path.GetFileNameWithoutExtension(file), file => Reference(file), StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// One list for all sessions of the process: metadata is read once. Without the runtime's many assemblies that only forward to others: each cell binds
    /// every reference anew, which is most of what a small cell costs.
    /// </summary>
    internal static IReadOnlyList<MetadataReference> References => SharedReferences.Value;

    /// <summary>Whether the runtime itself supplies the assembly, so that a copy beside a library is not loaded in its place.</summary>
    internal static bool Has(string assemblyName) => Names.Value.Contains(assemblyName);

    /// <summary>One of the runtime's assemblies that only forward, for a library that was compiled against it.</summary>
    internal static PortableExecutableReference? Forwarder(string assemblyName) => Forwarders.Value.GetValueOrDefault(assemblyName);

    internal static PortableExecutableReference Reference(string file, params IReadOnlyList<string> documentation) =>
        MetadataReference.CreateFromFile(file, documentation: new XmlDocumentation(documentation));

    private static IEnumerable<string> Files()
    {
        string trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(file => string.Equals(Path.GetDirectoryName(file), Folder, StringComparison.OrdinalIgnoreCase));
    }

    private static bool HasTypes(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var reader = new PEReader(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.TypeDefinitions.Any(type => (metadata.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);
    }

    /// <summary>The SDK keeps the framework's documentation in its reference pack, where the types of CoreLib are spread over several assemblies.</summary>
    private static IEnumerable<string> DocumentationOf(string file)
    {
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string folder = Path.GetFullPath(Path.Combine(
            runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref", Path.GetFileName(runtime), "ref", $"net{Environment.Version.Major}.{Environment.Version.Minor}"));
        string name = Path.GetFileNameWithoutExtension(file);
        string[] names = name == "System.Private.CoreLib"
            ? ["System.Runtime", "System.Collections", "System.Threading", "System.Runtime.InteropServices", "System.Memory", "System.Runtime.Extensions", "System.Runtime.Loader"]
            : [name];
        yield return Path.ChangeExtension(file, ".xml");
        foreach (string documented in names)
            yield return Path.Combine(folder, documented + ".xml");
    }
}
