namespace Ddpg.Checks;

/// <summary>How an exercise stands.</summary>
public enum CheckOutcome
{
    /// <summary>The answer is right within the tolerance.</summary>
    Passed,

    /// <summary>There is an answer, and it is wrong or throws.</summary>
    Failed,

    /// <summary>The stub still throws <see cref="NotSolvedException"/>.</summary>
    NotSolved,
}
