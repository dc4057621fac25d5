namespace Ddpg.Randomness;

/// <summary>
/// Who draws. One root seed gives each owner a stream of its own, so that (say) one more draw of exploration noise
/// changes neither the initial weights nor which transitions are replayed.
/// </summary>
/// <remarks>The number is the high half of the generator's counter: reordering the members changes every result.</remarks>
public enum RandomStream
{
    /// <summary>Anything without a stream of its own: a reader's experiment, an example.</summary>
    General = 0,

    /// <summary>Start states, and the environment's own noise.</summary>
    Environment = 1,

    /// <summary>Exploration noise.</summary>
    Exploration = 2,

    /// <summary>Which transitions a minibatch holds.</summary>
    Replay = 3,

    /// <summary>The networks' first weights.</summary>
    WeightInitialization = 4,

    /// <summary>The start states of evaluation episodes.</summary>
    Evaluation = 5,

    /// <summary>Uniform actions before the policy takes over.</summary>
    ActionSampling = 6,

    /// <summary>The noise of target policy smoothing.</summary>
    TargetSmoothing = 7,
}
