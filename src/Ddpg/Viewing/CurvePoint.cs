namespace Ddpg.Viewing;

/// <summary>One point of a learning curve with the band around it.</summary>
/// <param name="Step">Environment steps of the run.</param>
/// <param name="Mean">The curve.</param>
/// <param name="Low">Lower edge of the band.</param>
/// <param name="High">Upper edge of the band.</param>
public readonly record struct CurvePoint(long Step, double Mean, double Low, double High);
