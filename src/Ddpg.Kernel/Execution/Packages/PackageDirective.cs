using System.Text.RegularExpressions;

namespace Ddpg.Kernel.Execution.Packages;

/// <summary>One line of a cell: <c>#r "nuget: Name, Version"</c>, or <c>#i "nuget: source"</c>.</summary>
/// <param name="Line">The cell's line, from 1.</param>
/// <param name="Text">The line as written.</param>
/// <param name="Name">The package; empty for a source.</param>
/// <param name="Version">The version as written; null for the newest.</param>
/// <param name="Source">Where packages may come from too: an address or a folder; empty for a package.</param>
internal sealed partial record PackageDirective(int Line, string Text, string Name, string? Version, string Source)
{
    internal static bool IsOne(string line)
    {
        string trimmed = line.TrimStart();
        // Every line of every cell is asked: first what costs nothing.
        return (trimmed.StartsWith("#r", StringComparison.Ordinal) || trimmed.StartsWith("#i", StringComparison.Ordinal)) && Start().IsMatch(trimmed);
    }

    /// <summary>Null, with the reason in <paramref name="error"/>, when the line names nothing that could be a package or a source.</summary>
    internal static PackageDirective? Parse(string line, int number, out string error)
    {
        error = "";
        string text = line.Trim();
        if (Package().Match(text) is { Success: true } package)
            return new(number, text, package.Groups["name"].Value, package.Groups["version"] is { Success: true, Value: var version } ? version : null, "");
        if (Feed().Match(text) is { Success: true } feed) return new(number, text, "", null, feed.Groups["source"].Value);
        error = text.StartsWith("#i", StringComparison.Ordinal)
            ? "A package source is written #i \"nuget: https://example.org/v3/index.json\", or with a folder in place of the address."
            : "A package is written #r \"nuget: Markdig, 1.6.0\", or without the comma and the version for its newest.";
        return null;
    }

    /// <summary>For messages: the name and the version asked for.</summary>
    internal string Title => Version is null ? Name : $"{Name}, version {Version}";

    [GeneratedRegex("""^(#r\s*"\s*nuget\s*:|#i\s*")""", RegexOptions.IgnoreCase)]
    private static partial Regex Start();

    [GeneratedRegex("""^#r\s*"\s*nuget\s*:\s*(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)\s*(,\s*(?<version>[\[(]?[0-9*][A-Za-z0-9.*+,\s-]*[\])]?)\s*)?"\s*;?\s*(//.*)?$""", RegexOptions.IgnoreCase)]
    private static partial Regex Package();

    [GeneratedRegex("""^#i\s*"\s*nuget\s*:\s*(?<source>[^"\s][^"]*?)\s*"\s*;?\s*(//.*)?$""", RegexOptions.IgnoreCase)]
    private static partial Regex Feed();
}
