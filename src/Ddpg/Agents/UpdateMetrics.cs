namespace Ddpg.Agents;

/// <summary>What one update learnt, measured before the step.</summary>
/// <param name="CriticLoss">L(φ): the critics' mean squared error, summed over the critics.</param>
/// <param name="MeanQ">The first critic's mean value of the minibatch. Rising without end is the sign of divergence.</param>
/// <param name="PolicyLoss">−J(θ), or null where the policy was not updated (see <see cref="Hyperparameters.PolicyDelay"/>).</param>
public readonly record struct UpdateMetrics(float CriticLoss, float MeanQ, float? PolicyLoss);
