using System.Globalization;

namespace Ddpg.Checks;

/// <summary>What a <see cref="Check"/> found. As the last expression of a cell (no semicolon) it shows itself; elsewhere <see cref="ToString"/> is the same in one line.</summary>
[TypeFormatterSource(typeof(CheckResultFormatters))]
public sealed class CheckResult
{
    internal CheckResult(string name, CheckOutcome outcome, string detail, string? hint = null, double? largestDifference = null)
    {
        Name = name;
        Outcome = outcome;
        Detail = detail;
        Hint = outcome == CheckOutcome.Failed ? hint : null;
        LargestDifference = largestDifference;
    }

    /// <summary>What was checked, as the exercise calls it.</summary>
    public string Name { get; }

    /// <summary>Passed, failed or not solved yet.</summary>
    public CheckOutcome Outcome { get; }

    /// <summary>Whether the answer is right.</summary>
    public bool Passed => Outcome == CheckOutcome.Passed;

    /// <summary>The facts behind the outcome: how far off, where, which shapes, what was thrown.</summary>
    public string Detail { get; }

    /// <summary>One hint, after a wrong answer only.</summary>
    public string? Hint { get; }

    /// <summary>The largest |mine − expected|; NaN where one of them is, null where nothing could be compared.</summary>
    public double? LargestDifference { get; }

    /// <summary>Prints the result to the console, for checks in the middle of a cell, and returns it.</summary>
    public CheckResult Print()
    {
        Console.WriteLine(ToString());
        return this;
    }

    /// <summary>For example <c>✓ soft update: passed (largest difference 1.2E-08, allowed 1E-06)</c>.</summary>
    public override string ToString() => $"{Symbol} {Name}: {Detail}{(Hint is null ? "" : $" Hint: {Hint}")}";

    internal string Symbol => Outcome switch { CheckOutcome.Passed => "✓", CheckOutcome.Failed => "✗", _ => "○" };

    internal static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
