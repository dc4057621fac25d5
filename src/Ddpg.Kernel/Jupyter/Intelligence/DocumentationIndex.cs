using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Jupyter.Intelligence;

/// <summary>
/// Finds a symbol's XML documentation: in the cells' own comments, in the file beside a library's dll, and for .NET itself in the SDK's
/// reference pack. Files are searched when asked for, not indexed: they hold tens of megabytes.
/// </summary>
internal static class DocumentationIndex
{
    private const int MaximumCached = 2000;

    private static readonly ConcurrentDictionary<string, Documentation?> Cache = [];
    private static readonly Lazy<IReadOnlyList<string>> FrameworkFiles = new(FindFrameworkFiles);

    public static Documentation? Find(ISymbol symbol, Compilation compilation)
    {
        for (ISymbol? current = Definition(symbol); current is not null; current = Base(current))
        {
            Documentation? found = Read(current, compilation);
            if (found is { Inherits: false }) return found;
        }

        return null;
    }

    private static ISymbol Definition(ISymbol symbol) => symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.OriginalDefinition : symbol.OriginalDefinition;

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method.OriginalDefinition,
        IPropertySymbol { OverriddenProperty: { } property } => property.OriginalDefinition,
        IMethodSymbol or IPropertySymbol => symbol.ContainingType?.AllInterfaces
            .SelectMany(type => type.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol))?.OriginalDefinition,
        _ => null,
    };

    private static Documentation? Read(ISymbol symbol, Compilation compilation)
    {
        if (symbol.Locations.Any(location => location.IsInSource)) return Documentation.Parse(symbol.GetDocumentationCommentXml());
        if (symbol.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly is not { } assembly) return null;
        string? dll = (compilation.GetMetadataReference(assembly) as PortableExecutableReference)?.FilePath;
        string key = $"{dll}|{id}";
        if (Cache.TryGetValue(key, out Documentation? known)) return known;
        if (Cache.Count > MaximumCached) Cache.Clear();
        return Cache[key] = Documentation.Parse(Candidates(dll, assembly.Name).Select(file => Search(file, id)).FirstOrDefault(xml => xml is not null));
    }

    private static IEnumerable<string> Candidates(string? dll, string assembly)
    {
        if (dll is not null && Path.ChangeExtension(dll, ".xml") is var beside && File.Exists(beside)) return [beside];
        if (!assembly.StartsWith("System.", StringComparison.Ordinal) && !assembly.StartsWith("Microsoft.", StringComparison.Ordinal)) return [];
        // The runtime keeps types in other assemblies than the reference pack documents them in: its own name first, then the core, then all.
        return FrameworkFiles.Value.OrderBy(file => Path.GetFileNameWithoutExtension(file) switch { var name when name == assembly => 0, "System.Runtime" => 1, "System.Collections" or "System.Linq" => 2, _ => 3 });
    }

    private static string? Search(string file, string id)
    {
        try
        {
            string text = File.ReadAllText(file);
            int start = text.IndexOf($"<member name=\"{id}\">", StringComparison.Ordinal);
            int end = start < 0 ? -1 : text.IndexOf("</member>", start, StringComparison.Ordinal);
            return end < 0 ? null : text[start..(end + "</member>".Length)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Documentation that cannot be read is documentation that is not there.
            return null;
        }
    }

    private static IReadOnlyList<string> FindFrameworkFiles()
    {
        string packs = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) return [];
        string framework = $"net{Environment.Version.Major}.0";
        return Directory.EnumerateDirectories(packs)
            .Select(version => Path.Combine(version, "ref", framework))
            .Where(Directory.Exists)
            .Select(folder => Directory.GetFiles(folder, "*.xml"))
            .LastOrDefault() ?? [];
    }
}
