namespace Ddpg.Agents;

/// <summary>How several critics' target values become one.</summary>
public enum CriticTarget
{
    /// <summary>The smallest: lowers the overestimation. Fujimoto et al. (2018), clipped double Q-learning.</summary>
    Minimum,

    /// <summary>The average: lowers the variance. The post's "multiple Q networks".</summary>
    Mean,
}
