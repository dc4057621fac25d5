namespace Ddpg.Viewing;

/// <summary>A level that gives a curve its meaning, such as what random actions score.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Value">The level, in the units of the vertical axis.</param>
public sealed record ReferenceLine(string Name, double Value)
{
    /// <summary>The levels to compare episode returns with: what random actions, doing nothing or near-optimal control score. Empty for environments without measured levels.</summary>
    /// <param name="environmentId">For example <c>Pendulum-v1</c>.</param>
    /// <remarks>Pendulum-v1: means over 1,000 random and 2,000 near-optimal episodes (dynamic programming). MountainCarContinuous-v0: its registered threshold, and the return of no force.</remarks>
    public static IReadOnlyList<ReferenceLine> For(string environmentId) => environmentId switch
    {
        "Pendulum-v1" or "Pendulum-v0" => [new("near-optimal −137", -137), new("random torque −1219", -1219)],
        "MountainCarContinuous-v0" => [new("solved 90", 90), new("no force 0", 0)],
        _ => [],
    };
}
