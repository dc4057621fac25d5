namespace Ddpg.Viewing;

/// <summary>One moment of a recorded episode.</summary>
/// <param name="Step">Steps made before it.</param>
/// <param name="Reward">Of the last step; 0 at the start.</param>
/// <param name="Return">Sum of the rewards so far.</param>
/// <param name="Shapes">The picture.</param>
internal sealed record EpisodeFrame(int Step, double Reward, double Return, IReadOnlyList<DrawnShape> Shapes);
