namespace Ddpg.Exploration;

/// <summary>What exploration noise is where nobody says otherwise: one place for the constructors and for <see cref="Agents.Hyperparameters"/>, which says whose each is.</summary>
internal static class NoiseDefaults
{
    public const double Sigma = 0.2, Theta = 0.15, TimeStep = 0.01;
}
