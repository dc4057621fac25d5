namespace Ddpg.Experiments;

/// <summary>One evaluation of a run: a point of its learning curve.</summary>
/// <param name="Step">Environment steps of the run so far; 0 is the untrained policy.</param>
/// <param name="Returns">What the policy scored without noise, from the same starts each time.</param>
public sealed record CurveStep(long Step, ReturnSummary Returns);
