using System.Text;

namespace Ddpg.Environments;

/// <summary>What <see cref="EnvironmentChecker"/> saw, check by check. Printing it gives a readable page.</summary>
public sealed class EnvironmentReport
{
    internal EnvironmentReport(string id, IReadOnlyList<string> checks, IReadOnlyList<EnvironmentFinding> findings) =>
        (Id, Checks, Findings) = (id, checks, findings);

    /// <summary>The environment's id.</summary>
    public string Id { get; }

    /// <summary>The names of the checks made, in their order.</summary>
    public IReadOnlyList<string> Checks { get; }

    /// <summary>All that was found, errors and warnings.</summary>
    public IReadOnlyList<EnvironmentFinding> Findings { get; }

    /// <summary>Whether there is no error. Warnings are allowed.</summary>
    public bool Passed => Findings.All(finding => finding.Severity != FindingSeverity.Error);

    /// <summary>The report as text: one line a check, and under a failed one what was seen and what to do.</summary>
    public override string ToString()
    {
        int errors = Findings.Count(finding => finding.Severity == FindingSeverity.Error), warnings = Findings.Count - errors;
        StringBuilder text = new($"{Id}: {Checks.Count} checks, {Count(errors, "error")}, {Count(warnings, "warning")}\n");
        foreach (string check in Checks)
        {
            EnvironmentFinding[] found = [.. Findings.Where(finding => finding.Check == check)];
            if (found.Length == 0) text.Append("  passed   " + check + "\n");
            foreach (EnvironmentFinding finding in found)
            {
                text.Append(finding.Severity == FindingSeverity.Error ? "  FAILED   " : "  warning  ").Append(check).Append(": ").Append(finding.Problem).Append('\n');
                text.Append("           -> ").Append(finding.Advice).Append('\n');
            }
        }
        return text.ToString();

        static string Count(int n, string what) => n switch { 0 => $"no {what}s", 1 => $"1 {what}", _ => $"{n} {what}s" };
    }
}
