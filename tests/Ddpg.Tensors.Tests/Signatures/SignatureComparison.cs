using System.Reflection;
using System.Text.RegularExpressions;

namespace Ddpg.SignatureText;

/// <summary>Holds what an embedded assembly shows to the world against the lines recorded from the package that it stands for.</summary>
public static class SignatureComparison
{
    /// <summary>Our lines that upstream does not have. Narrower is allowed: sealed, abstract or static instead of open, a getter without its setter, protected instead of public, abstract or neither instead of virtual.</summary>
    /// <param name="asWritten">Rewrites one of our lines before it is compared; an empty result takes it out.</param>
    public static List<string> Missing(Assembly ours, string rootNamespace, string[] recorded, Func<string, string>? asWritten = null)
    {
        ILookup<string, string> byKey = recorded.Where(l => l.Length > 0 && l[0] != '#').ToLookup(Key);
        var missing = new List<string>();
        foreach (Type type in SignatureLines.VisibleTypes(ours, rootNamespace))
        {
            foreach (string line in SignatureLines.Of(type, inherited: false).Select(l => asWritten?.Invoke(l.Line) ?? l.Line).Where(l => l.Length > 0))
            {
                if (!byKey[Key(line)].Any(upstream => Matches(upstream, line) || Matches(upstream, line.Replace(": protected ", ": ", StringComparison.Ordinal))))
                {
                    string[] near = [.. byKey[Key(line)].OrderBy(upstream => Math.Abs(upstream.Length - line.Length)).Take(4)];
                    missing.Add(near.Length == 0 ? $"{line}\n    upstream has none of this name" : $"{line}\n    upstream: {string.Join("\n              ", near)}");
                }
            }
        }
        return missing;
    }

    /// <summary>Type and member name: what two lines must share to be compared at all.</summary>
    private static string Key(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 || line[colon - 1] == ' ')
        {
            return line.Split(" is ")[0].Split(" : ")[0];
        }
        string signature = line[(colon + 2)..];
        Match name = Regex.Match(signature, @"([\w.]+)(<[^()]*>)?\(|([\w.]+)(\[.*\])? \{ [gs]et; \}$|^(\w+) = ");
        return $"{line[..colon]}: {name.Groups[1].Value}{name.Groups[3].Value}{name.Groups[5].Value}";
    }

    private static bool Matches(string upstream, string ours)
    {
        string pattern = "^" + Regex.Escape(upstream).Replace("~", @"[~?]?", StringComparison.Ordinal)
            .Replace(@":\ protected\ virtual\ ", @":\ protected\ ((virtual|abstract)\ )?", StringComparison.Ordinal)
            .Replace(@":\ virtual\ ", @":\ ((virtual|abstract)\ )?", StringComparison.Ordinal)
            .Replace(@"\ is\ class", @"\ is\ ((sealed|abstract|static)\ )?class", StringComparison.Ordinal) + "$";
        return Regex.IsMatch(ours, pattern, RegexOptions.CultureInvariant);
    }
}
