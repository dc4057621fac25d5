using System.Globalization;

namespace Ddpg.Training;

/// <summary>What a <see cref="Trainer"/> saw that ruins learning, or may; each concern is told once in a run.</summary>
/// <param name="Step">Environment steps of the run when it was noticed.</param>
/// <param name="Concern">What kind of thing it is.</param>
/// <param name="Message">What was seen, with the numbers, what to do, and where to read on.</param>
public sealed record TrainingWarning(long Step, TrainingConcern Concern, string Message)
{
    /// <summary>For example <c>warning at step 1000: the reward was …</c>, in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"warning at step {Step}: {Message}");
}
