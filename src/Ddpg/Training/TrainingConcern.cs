namespace Ddpg.Training;

/// <summary>A condition that ruins learning, or may, and that a <see cref="Trainer"/> notices by itself.</summary>
public enum TrainingConcern
{
    /// <summary>The environment hands out one observation array again and again. The trainer copies it; a loop of your own may not.</summary>
    ReusedArray,

    /// <summary>Every observation is the same.</summary>
    ConstantObservation,

    /// <summary>The reward never changes, so that no action is better than another.</summary>
    ConstantReward,

    /// <summary>A number of the action stays at one of its bounds for most of an evaluation.</summary>
    SaturatedAction,
}
