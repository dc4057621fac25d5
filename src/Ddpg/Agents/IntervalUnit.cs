namespace Ddpg.Agents;

/// <summary>What <see cref="Hyperparameters.EvaluationInterval"/> and <see cref="Hyperparameters.SaveInterval"/> count.</summary>
public enum IntervalUnit
{
    /// <summary>Environment steps: the evaluations of several seeds fall on the same steps and can be averaged.</summary>
    Steps,

    /// <summary>Finished episodes: the post's "epochs", one pass of its outer loop each.</summary>
    Episodes,
}
