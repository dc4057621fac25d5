using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Exploration;

/// <summary>
/// Noise that remembers where it was (Uhlenbeck and Ornstein 1930), by Euler–Maruyama: <c>x ← x + θ(μ − x)Δt + σ√Δt·ε</c>, ε ~ N(0, 1);
/// then <c>a ← clip(a + s·x)</c>, with s half the width of the action space.
/// </summary>
/// <remarks>
/// <para>Consecutive steps are correlated by ρ = 1 − θΔt and the spread settles at <c>σ√Δt/√(1 − ρ²) = σ/√(θ(2 − θΔt))</c>, 0.380 by default.</para>
/// <para>Δt decides what explorer it is. The paper names θ = 0.15 and σ = 0.2 and no Δt; many ports take 1 (correlation time 6 steps), Baselines,
/// Stable-Baselines3 and Keras take 0.01 (666 steps, and so slow to spread that a 200-step episode is over before it has).</para>
/// <para>x belongs to the episode: keep one instance for the whole run and call <see cref="Reset"/> between episodes.</para>
/// </remarks>
public sealed class OrnsteinUhlenbeckActionNoise : IExploration
{
    private readonly Box _actionSpace;
    private readonly SeededRandom _random;
    private readonly double[] _halfRange, _x;
    private readonly NoiseDecay _decay;
    private long _steps;

    /// <summary>Makes the noise, at rest at μ.</summary>
    /// <param name="actionSpace">Gives the scale, and the bounds of the result.</param>
    /// <param name="random">Where ε comes from; give exploration a stream of its own.</param>
    /// <param name="theta">θ, how strongly it is pulled back; finite, above 0. Paper: 0.15.</param>
    /// <param name="sigma">σ, in units of the half range; finite, at least 0. Paper: 0.2.</param>
    /// <param name="timeStep">Δt; finite, above 0, with θΔt below 2 (beyond it the recursion grows without bound). Default: 0.01, as in <see cref="Agents.Hyperparameters.OrnsteinUhlenbeckDt"/>; the paper's θ and σ assume 1.</param>
    /// <param name="mean">μ, in units of the half range; finite.</param>
    /// <param name="decay">How σ shrinks with the steps; not at all by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The action space is not bounded.</exception>
    public OrnsteinUhlenbeckActionNoise(
        Box actionSpace, SeededRandom random, double theta = NoiseDefaults.Theta, double sigma = NoiseDefaults.Sigma, double timeStep = NoiseDefaults.TimeStep, double mean = 0, NoiseDecay? decay = null)
    {
        ArgumentNullException.ThrowIfNull(actionSpace);
        ArgumentNullException.ThrowIfNull(random);
        if (!(theta > 0) || double.IsInfinity(theta)) throw new ArgumentOutOfRangeException(nameof(theta), theta, "Theta must be finite and above 0.");
        NoiseChecks.Sigma(sigma);
        if (!(timeStep > 0) || !(theta * timeStep < 2))
            throw new ArgumentOutOfRangeException(nameof(timeStep), timeStep, FormattableString.Invariant($"The time step must be above 0 and below 2/theta = {2 / theta:G4}."));
        NoiseChecks.Mean(mean);
        (_actionSpace, _random, _halfRange, _x) = (actionSpace, random, actionSpace.HalfRange, new double[actionSpace.Length]);
        (Theta, Sigma, TimeStep, Mean, _decay) = (theta, sigma, timeStep, mean, decay ?? NoiseDecay.None);
        Reset();
    }

    /// <summary>θ, how strongly the noise is pulled back to μ.</summary>
    public double Theta { get; }

    /// <summary>σ at the start, in units of the half range.</summary>
    public double Sigma { get; }

    /// <summary>Δt of the recursion.</summary>
    public double TimeStep { get; }

    /// <summary>μ, in units of the half range.</summary>
    public double Mean { get; }

    /// <summary>σ as the decay has left it.</summary>
    public double CurrentSigma => Sigma * _decay.FactorAt(_steps);

    /// <summary>The standard deviation that x settles at (without decay): σ/√(θ(2 − θΔt)).</summary>
    public double StationaryStandardDeviation => Sigma / Math.Sqrt(Theta * (2 - Theta * TimeStep));

    /// <summary>The correlation of x with its value one step before: ρ = 1 − θΔt.</summary>
    public double LagOneCorrelation => 1 - Theta * TimeStep;

    /// <summary>Back to μ.</summary>
    public void Reset() => Array.Fill(_x, Mean);

    /// <summary>Moves x one step on and writes it, in units of the half range; for looking at the noise without an action.</summary>
    /// <param name="destination">As long as the action.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void Sample(Span<double> destination)
    {
        NoiseChecks.Length(destination.Length, _actionSpace);
        Advance();
        _x.CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> observation, Span<float> action)
    {
        NoiseChecks.Length(action.Length, _actionSpace);
        Advance();
        for (int i = 0; i < action.Length; i++)
            action[i] = (float)(action[i] + _halfRange[i] * _x[i]);
        _actionSpace.Clip(action);
    }

    /// <inheritdoc/>
    public double[] Save() => [_steps, .. _x];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state)
    {
        NoiseChecks.SavedState(state, 1 + _x.Length);
        _steps = (long)state[0];
        state[1..].CopyTo(_x);
    }

    private void Advance()
    {
        double spread = CurrentSigma * Math.Sqrt(TimeStep);
        for (int i = 0; i < _x.Length; i++)
            _x[i] += Theta * (Mean - _x[i]) * TimeStep + spread * _random.NextNormal();
        _steps++;
    }
}
