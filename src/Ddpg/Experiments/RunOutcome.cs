namespace Ddpg.Experiments;

/// <summary>How a run of a sweep ended.</summary>
public enum RunOutcome
{
    /// <summary>It made all its steps.</summary>
    Finished,

    /// <summary>A loss or an action became NaN or infinite; it has no scores, and would diverge again.</summary>
    Diverged,
}
