namespace Ddpg.Viewing;

/// <summary>The parts of DDPG that a <see cref="DdpgDiagram"/> can light; several at once with <c>|</c>.</summary>
[Flags]
public enum DdpgParts
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>Environment, policy and noise make transitions, which the replay buffer keeps.</summary>
    Acting = 1,

    /// <summary>The target is computed, and the critic loss moves the Q-network's weights.</summary>
    CriticLoss = 2,

    /// <summary>The policy loss moves the policy's weights, through the Q-network.</summary>
    PolicyGradient = 4,

    /// <summary>The target networks, where they enter the target, and the soft update.</summary>
    TargetNetworks = 8,

    /// <summary>All of it.</summary>
    Everything = Acting | CriticLoss | PolicyGradient | TargetNetworks,
}
