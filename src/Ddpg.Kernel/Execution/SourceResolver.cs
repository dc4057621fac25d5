using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>Resolves <c>#load "x.csx"</c> against the notebook's folder, then against the file that holds the <c>#load</c>.</summary>
internal sealed class SourceResolver(Func<string> workingDirectory) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => ResolveReference(path, baseFilePath) ?? path;

    public override string? ResolveReference(string path, string? baseFilePath)
    {
        string inFolder = Path.GetFullPath(Path.Combine(workingDirectory(), path));
        if (File.Exists(inFolder)) return inFolder;
        if (Path.GetDirectoryName(baseFilePath) is not { Length: > 0 } folder) return null;
        string besideFile = Path.GetFullPath(Path.Combine(folder, path));
        return File.Exists(besideFile) ? besideFile : null;
    }

    public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
