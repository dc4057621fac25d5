namespace Ddpg.Viewing.Film;

/// <summary>One picture of a <see cref="LandscapeFilm"/>.</summary>
/// <param name="Step">Environment steps made before it.</param>
/// <param name="Values">Q(s, μ(s)), [velocity, angle].</param>
/// <param name="Torque">μ(s) in N·m, [velocity, angle].</param>
internal sealed record FilmMoment(long Step, double[,] Values, double[,] Torque);
