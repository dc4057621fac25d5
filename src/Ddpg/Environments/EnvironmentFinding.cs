namespace Ddpg.Environments;

/// <summary>Something that <see cref="EnvironmentChecker"/> found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Check">Which check found it; one of <see cref="EnvironmentReport.Checks"/>.</param>
/// <param name="Problem">What was seen, with the numbers.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record EnvironmentFinding(FindingSeverity Severity, string Check, string Problem, string Advice);
