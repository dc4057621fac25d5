using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>Swing a pendulum up and hold it upright (Gymnasium's <c>Pendulum-v1</c>; <c>Pendulum-v0</c> on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A rod of length 1 m and mass 1 kg hangs from a pivot, gravity 10 m/s². The motor at the pivot is too weak to lift it
/// at once: it must swing. θ = 0 is upright, positive counter-clockwise, and is not wrapped. One step is Δt = 0.05 s:</para>
/// <para>θ̇' = clip(θ̇ + (3g/(2l)·sin θ + 3/(ml²)·u)Δt, −8, 8), then θ' = θ + θ̇'Δt, with u = clip(action, −2, 2).</para>
/// <para><b>Action.</b> <c>action[0]</c>: torque at the pivot in N·m, in [−2, 2]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning and range</description></listheader>
/// <item><term><c>[0]</c></term><description>cos θ, in [−1, 1]</description></item>
/// <item><term><c>[1]</c></term><description>sin θ, in [−1, 1]</description></item>
/// <item><term><c>[2]</c></term><description>angular velocity θ̇ in rad/s, in [−8, 8]</description></item>
/// </list>
/// <para><b>Reward.</b> r = −(wrap(θ)² + 0.1θ̇² + 0.001u²) of the state before the step, with wrap(θ) in [−π, π). The best step is worth 0;
/// the worst, hanging down at full speed under full torque, is worth −(π² + 0.1·8² + 0.001·2²) = −16.2736.</para>
/// <para><b>Start.</b> θ uniform in [−π, π), θ̇ uniform in [−1, 1).</para>
/// <para><b>End.</b> Never terminated; truncated after 200 steps.</para>
/// <para><b>Versions.</b> v1 clips the velocity before it moves the angle. v0 (gym, before 2021) moves the angle by the unclipped velocity and then clips;
/// the two differ only in steps that reach |θ̇| = 8. Gymnasium's own note says that v1 brought no change of the dynamics; read from its code, this one it did.</para>
/// <para>The state is float64 and its sine and cosine are portable, so the same seed gives the same episode on every machine.</para>
/// </remarks>
public sealed class Pendulum : IEnvironment, IDrawable, IResumable
{
    private const double MaxSpeed = 8, MaxTorque = 2, TimeStep = 0.05, Gravity = 10, Mass = 1, RodLength = 1;

    private readonly EpisodeClock _clock;
    private readonly bool _clipBeforeMoving;
    private SeededRandom _random = new(0, RandomStream.Environment);

    /// <summary>Makes a pendulum; call <see cref="Reset"/> to start.</summary>
    /// <param name="version">1 (the present one) or 0 (gym's older one).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    public Pendulum(int version = 1)
    {
        if (version is not (0 or 1))
            throw new ArgumentOutOfRangeException(nameof(version), version, "Pendulum has the versions 0 and 1.");
        _clock = new EpisodeClock(this);
        _clipBeforeMoving = version == 1;
        Id = version == 1 ? "Pendulum-v1" : "Pendulum-v0";
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public Box ObservationSpace { get; } = new([-1, -1, -(float)MaxSpeed], [1, 1, (float)MaxSpeed]);

    /// <inheritdoc/>
    public Box ActionSpace { get; } = new(-(float)MaxTorque, (float)MaxTorque, 1);

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 200;

    /// <summary>The angle θ in radians; 0 is upright, positive is counter-clockwise, whole turns are kept.</summary>
    public double Theta { get; private set; } = Math.PI;

    /// <summary>The angular velocity θ̇ in rad/s, in [−8, 8].</summary>
    public double AngularVelocity { get; private set; }

    /// <summary>The torque u of the last step in N·m, after clipping; 0 before the first.</summary>
    public double Torque { get; private set; }

    /// <inheritdoc/>
    public DrawingBounds Bounds => new(-1.45, -1.45, 1.45, 1.45);

    /// <inheritdoc/>
    public float[] Reset(ulong? seed = null)
    {
        if (seed is ulong root) _random = new SeededRandom(root, RandomStream.Environment);
        double theta = _random.NextUniform(-Math.PI, Math.PI);
        return SetState(theta, _random.NextUniform(-1, 1));
    }

    /// <summary>Starts an episode in a state of your choice and returns its observation.</summary>
    /// <param name="theta">Angle in radians, finite; 0 is upright, π hangs down.</param>
    /// <param name="angularVelocity">In rad/s, in [−8, 8].</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public float[] SetState(double theta, double angularVelocity)
    {
        if (!double.IsFinite(theta)) throw new ArgumentOutOfRangeException(nameof(theta), theta, "The angle must be finite.");
        if (!(Math.Abs(angularVelocity) <= MaxSpeed))
            throw new ArgumentOutOfRangeException(nameof(angularVelocity), angularVelocity, "The angular velocity must be in [-8, 8] rad/s.");
        _clock.Start();
        (Theta, AngularVelocity, Torque) = (theta, angularVelocity, 0);
        return Observe();
    }

    /// <inheritdoc/>
    public StepResult Step(ReadOnlySpan<float> action)
    {
        _clock.Check(action);
        double u = Math.Clamp((double)action[0], -MaxTorque, MaxTorque);
        double angle = Wrap(Theta);
        double cost = angle * angle + 0.1 * AngularVelocity * AngularVelocity + 0.001 * u * u;

        double acceleration = 3 * Gravity / (2 * RodLength) * PortableMath.Sin(Theta) + 3 / (Mass * RodLength * RodLength) * u;
        double velocity = AngularVelocity + acceleration * TimeStep;
        double clipped = Math.Clamp(velocity, -MaxSpeed, MaxSpeed);
        Theta += (_clipBeforeMoving ? clipped : velocity) * TimeStep;
        (AngularVelocity, Torque) = (clipped, u);

        bool truncated = _clock.Advance(terminated: false);
        return new StepResult(Observe(), -cost, Terminated: false, truncated);
    }

    /// <inheritdoc/>
    public void Draw(IDrawing drawing) => PendulumPicture.Draw(drawing, Theta, Torque / MaxTorque);

    /// <inheritdoc/>
    public EnvironmentSnapshot Save() => _clock.Save(_random, [Theta, AngularVelocity, Torque]);

    /// <inheritdoc/>
    public void Restore(EnvironmentSnapshot snapshot)
    {
        _clock.Restore(snapshot, _random, valueCount: 3);
        (Theta, AngularVelocity, Torque) = (snapshot.Values[0], snapshot.Values[1], snapshot.Values[2]);
    }

    // ((θ + π) mod 2π) − π, with Python's modulo, whose result has the sign of the divisor.
    private static double Wrap(double theta)
    {
        const double turn = 2 * Math.PI;
        double remainder = (theta + Math.PI) % turn;
        return (remainder < 0 ? remainder + turn : remainder) - Math.PI;
    }

    private float[] Observe()
    {
        (double sin, double cos) = PortableMath.SinCos(Theta);
        return [(float)cos, (float)sin, (float)AngularVelocity];
    }
}
