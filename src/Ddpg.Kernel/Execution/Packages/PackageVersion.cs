namespace Ddpg.Kernel.Execution.Packages;

/// <summary>Versions as NuGet writes them, as far as a cell needs them compared.</summary>
internal static class PackageVersion
{
    /// <summary>Whether a version is what a line asks for: <c>1.2</c> is 1.2.0, <c>1.*</c> is any that begins so, <c>[1.2.0]</c> is exactly it. Other ranges do not fit.</summary>
    internal static bool Fits(string asked, string version)
    {
        int star = asked.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0) return version.StartsWith(asked[..star], StringComparison.OrdinalIgnoreCase);
        return string.Equals(Normal(asked.Trim('[', ']', ' ')), Normal(version), StringComparison.OrdinalIgnoreCase);
    }

    private static string Normal(string version)
    {
        string[] parts = version.Split('+')[0].Split('-', 2);
        string[] numbers = [.. parts[0].Split('.').Concat(["0", "0", "0"]).Take(4).Select(number => number.TrimStart('0')).Select(number => number.Length == 0 ? "0" : number)];
        return string.Join('.', numbers) + (parts.Length > 1 ? "-" + parts[1] : "");
    }
}
