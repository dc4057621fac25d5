using System.Text.RegularExpressions;

namespace Ddpg.Kernel.Execution.Packages;

/// <summary>What a failed restore says, and what to do about it.</summary>
internal static partial class PackageFailure
{
    internal static string Explain(IReadOnlyList<PackageDirective> packages, string output)
    {
        List<(string Code, string Text)> errors = [.. Error().Matches(output).Select(match => (match.Groups["code"].Value, match.Groups["text"].Value.Trim())).Distinct()];
        string asked = string.Join("; ", packages.Select(package => package.Title));
        string reasons = errors.Count > 0 ? string.Join("\n", errors.Select(error => $"{error.Code}: {error.Text}")) : output.Trim();
        return $"{asked}: not installed. {Advice([.. errors.Select(error => error.Code)], packages)}\n{reasons}";
    }

    private static string Advice(HashSet<string> codes, IReadOnlyList<PackageDirective> packages)
    {
        if (codes.Contains("NU1101")) return "No source has a package of this name: check its spelling, or name another source with #i \"nuget: address or folder\".";
        if (codes.Overlaps(["NU1102", "NU1103"])) return "The package has no such version: take one that exists (NuGet names the nearest below), or none for the newest.";
        if (codes.Overlaps(["NU1301", "NU1302", "NU1801"]))
            return $"A package source cannot be reached: check the network. Without one, an exact version that is in NuGet's cache can be used{Cached(packages)}.";
        if (codes.Overlaps(["NU1202", "NU1213"])) return $"The package is not made for .NET {Environment.Version.Major}: take another version or another package.";
        if (codes.Overlaps(["NU1605", "NU1107", "NU1608"])) return "The packages need different versions of one package: ask for versions that go together.";
        return "NuGet says why:";
    }

    private static string Cached(IReadOnlyList<PackageDirective> packages)
    {
        string[] found = [.. packages.Select(package => (package.Name, Versions: NuGetCache.VersionsOf(package.Name))).Where(package => package.Versions.Count > 0)
            .Select(package => $"{package.Name} {string.Join(", ", package.Versions)}")];
        return found.Length == 0 ? "; of this package there is none" : "; there are " + string.Join("; ", found);
    }

    [GeneratedRegex(@"error\s+(?<code>[A-Z]+\d+)\s*:\s*(?<text>[^\r\n]*)")]
    private static partial Regex Error();
}
