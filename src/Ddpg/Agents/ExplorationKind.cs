namespace Ddpg.Agents;

/// <summary>Which exploration noise disturbs the policy's actions during training.</summary>
public enum ExplorationKind
{
    /// <summary>None: the policy's own action. Only the random start steps explore.</summary>
    None,

    /// <summary>Independent Gaussian noise at each step. The post's default.</summary>
    Normal,

    /// <summary>Noise correlated in time, restarted at each episode. Lillicrap et al. (2016).</summary>
    OrnsteinUhlenbeck,

    /// <summary>A policy with perturbed weights, drawn anew at each episode, whose spread adapts. Plappert et al. (2018); the post's third method.</summary>
    AdaptiveParameter,
}
