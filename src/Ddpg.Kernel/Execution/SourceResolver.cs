using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>Resolves <c>#load "x.csx"</c> against the notebook's folder, then against the file that holds the <c>#load</c>.</summary>
internal sealed class SourceResolver(Func<string> workingDirectory) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => ResolveReference(path, baseFilePath) ?? path;

    public override string? ResolveReference(string path, string? baseFilePath) => Find(path, workingDirectory(), baseFilePath);

    public override Stream OpenRead(string resolvedPath) => File.OpenRead(resolvedPath);

    /// <summary>The full path of a file that a cell or a file names: from the notebook's folder on, else from the naming file's. Null where there is none.</summary>
    internal static string? Find(string path, string workingDirectory, string? baseFilePath) =>
        new[] { workingDirectory, Path.GetDirectoryName(baseFilePath) is { Length: > 0 } folder ? folder : workingDirectory }
            .Select(start => Path.GetFullPath(Path.Combine(start, path))).FirstOrDefault(File.Exists);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
