using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Exploration;

/// <summary>Independent normal noise on each action: <c>a ← clip(a + s·(μ + σε))</c>, ε ~ N(0, 1), with s half the width of the action space.</summary>
/// <remarks>
/// σ is relative: 0.1 means a tenth of the way from the middle of the action space to its edge, whatever the units. Today's peers use 0.1; the post 0.2,
/// which it does not scale. Each step forgets the last, so that on a task that wants long pushes (the mountain car) the noise cancels itself out.
/// </remarks>
public sealed class NormalActionNoise : IExploration
{
    private readonly Box _actionSpace;
    private readonly SeededRandom _random;
    private readonly double[] _halfRange;
    private readonly NoiseDecay _decay;
    private long _steps;

    /// <summary>Makes the noise.</summary>
    /// <param name="actionSpace">Gives the scale, and the bounds of the result.</param>
    /// <param name="random">Where ε comes from; give exploration a stream of its own.</param>
    /// <param name="sigma">σ, in units of the half range; finite, at least 0.</param>
    /// <param name="mean">μ, in units of the half range; finite.</param>
    /// <param name="decay">How σ shrinks with the steps; not at all by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ or μ is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The action space is not bounded.</exception>
    public NormalActionNoise(Box actionSpace, SeededRandom random, double sigma = NoiseDefaults.Sigma, double mean = 0, NoiseDecay? decay = null)
    {
        ArgumentNullException.ThrowIfNull(actionSpace);
        ArgumentNullException.ThrowIfNull(random);
        NoiseChecks.Sigma(sigma);
        NoiseChecks.Mean(mean);
        (_actionSpace, _random, _halfRange, Sigma, Mean) = (actionSpace, random, actionSpace.HalfRange, sigma, mean);
        _decay = decay ?? NoiseDecay.None;
    }

    /// <summary>σ at the start, in units of the half range.</summary>
    public double Sigma { get; }

    /// <summary>μ, in units of the half range.</summary>
    public double Mean { get; }

    /// <summary>σ as the decay has left it.</summary>
    public double CurrentSigma => Sigma * _decay.FactorAt(_steps);

    /// <summary>Nothing to forget: each draw is independent of the last.</summary>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> observation, Span<float> action)
    {
        NoiseChecks.Length(action.Length, _actionSpace);
        double sigma = CurrentSigma;
        for (int i = 0; i < action.Length; i++)
            action[i] = (float)(action[i] + _halfRange[i] * (Mean + sigma * _random.NextNormal()));
        _actionSpace.Clip(action);
        _steps++;
    }

    /// <inheritdoc/>
    public double[] Save() => [_steps];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> state)
    {
        NoiseChecks.SavedState(state, 1);
        _steps = (long)state[0];
    }
}
