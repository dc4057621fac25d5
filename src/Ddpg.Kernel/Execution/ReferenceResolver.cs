using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>Resolves <c>#r "x.dll"</c> against the notebook's folder, and what that assembly needs beside it.</summary>
internal sealed class ReferenceResolver(Func<string> workingDirectory) : MetadataReferenceResolver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Path, Guid Version)> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PortableExecutableReference> _references = new(StringComparer.Ordinal);
    private readonly List<string> _nativeFiles = [];

    public override bool ResolveMissingAssemblies => true;

    /// <summary>The file that a <c>#r</c> named, or found beside one that was named, for an assembly name.</summary>
    internal string? PathOf(string assemblyName)
    {
        lock (_lock)
            return _byName.TryGetValue(assemblyName, out var known) ? known.Path : null;
    }

    /// <summary>Folders of all assemblies referenced so far.</summary>
    internal IReadOnlyList<string> Folders
    {
        get
        {
            lock (_lock)
                return [.. _byName.Values.Select(known => Path.GetDirectoryName(known.Path)!).Distinct()];
        }
    }

    /// <summary>Adds the native libraries of a package, which lie apart from its assemblies.</summary>
    internal void AddNatives(IEnumerable<string> files)
    {
        lock (_lock) _nativeFiles.AddRange(files);
    }

    /// <summary>The native libraries of packages.</summary>
    internal IReadOnlyList<string> NativeFiles
    {
        get
        {
            lock (_lock) return [.. _nativeFiles];
        }
    }

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        if (SourceResolver.Find(reference, workingDirectory(), baseFilePath) is { } path) return [Open(path)];
        if (Framework.Forwarder(Path.GetFileNameWithoutExtension(reference)) is { } forwarder) return [forwarder];
        return [.. Framework.References.OfType<PortableExecutableReference>()
            .Where(known => string.Equals(Path.GetFileNameWithoutExtension(known.FilePath), Path.GetFileNameWithoutExtension(reference), StringComparison.OrdinalIgnoreCase)).Take(1)];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (Framework.Has(referenceIdentity.Name)) return Framework.Forwarder(referenceIdentity.Name);
        // Nor what this assembly itself is built on: cells see nothing of it, and each of them would bind it anew.
        if ((definition as PortableExecutableReference)?.FilePath is not { } file || file == typeof(ReferenceResolver).Assembly.Location) return null;
        string beside = Path.Combine(Path.GetDirectoryName(file)!, referenceIdentity.Name + ".dll");
        return File.Exists(beside) ? Open(beside) : null;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference Open(string path)
    {
        lock (_lock)
        {
            Guid version = BuildOf(path);
            string name = Path.GetFileNameWithoutExtension(path);
            if (_byName.TryGetValue(name, out var known) && known.Version != version)
            {
                throw new StaleAssemblyException($"{name} is loaded already in another build ({(known.Path == path ? "the file was rebuilt since" : known.Path)}), "
                    + "and a process holds one build of an assembly only. Restart the kernel to use the new one.");
            }

            _byName.TryAdd(name, (path, version));
            if (!_references.TryGetValue(path, out PortableExecutableReference? reference))
                _references[path] = reference = Framework.Reference(path, Path.ChangeExtension(path, ".xml"));
            return reference;
        }
    }

    /// <summary>What every build of an assembly has of its own.</summary>
    internal static Guid BuildOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var reader = new PEReader(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}

/// <summary>A <c>#r</c> asked for another build of an assembly that this process holds.</summary>
internal sealed class StaleAssemblyException(string message) : Exception(message);
