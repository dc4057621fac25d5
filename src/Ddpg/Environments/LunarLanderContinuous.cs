using Ddpg.Environments.RigidBody2D;
using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>Land a two-legged craft softly on a pad on the moon (Gymnasium's <c>LunarLanderContinuous-v3</c>; v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A world of 20 × 13.3 m, gravity 10 m/s², 50 steps a second. The pad is the flat ground between x = 8 and x = 12; the ground beside it is random.
/// The lander (4.8 kg) starts above the pad with a random push. Each leg hangs from a sprung hinge. The engines' thrust scatters a little.</para>
/// <para><b>Action.</b> What lies outside [−1, 1] is clipped.</para>
/// <list type="table">
/// <listheader><term>Action</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>main engine: off up to 0; above, power m = 0.5 + 0.5·action, from half to full</description></item>
/// <item><term><c>[1]</c></term><description>side engines: off within ±0.5; beyond, power s = |action|; a positive action pushes to the right, a negative one to the left</description></item>
/// </list>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning (positions from the pad's middle, 0.6 m above it; unit in brackets)</description></listheader>
/// <item><term><c>[0], [1]</c></term><description>x (10 m), y (6.67 m)</description></item>
/// <item><term><c>[2], [3]</c></term><description>velocity: 0.2·vx, 0.133·vy (m/s)</description></item>
/// <item><term><c>[4], [5]</c></term><description>angle (rad), 0.4·angular velocity (rad/s)</description></item>
/// <item><term><c>[6], [7]</c></term><description>1 when the leg on the picture's right, on its left, touches the ground, else 0</description></item>
/// </list>
/// <para><b>Reward.</b> r = Φ' − Φ − 0.30m − 0.03s, with Φ = −100√(o₀² + o₁²) − 100√(o₂² + o₃²) − 100|o₄| + 10o₆ + 10o₇, and m, s = 0 for an engine that is off.
/// Worked: standing still in the air with the main engine at full power costs exactly 0.30 a step. The last step's reward is −100 instead when the hull
/// touches the ground or |o₀| reaches 1, and +100 when the lander has come to rest. Above 200 for an episode counts as solved.</para>
/// <para><b>Start.</b> At (10, 13.33), upright, with a force of U(−1000, 1000) N in each direction during the first step. Reset makes that step with engines off and returns its observation.</para>
/// <para><b>End.</b> Terminated by crash, by flying out sideways or by rest (asleep for 0.5 s); truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v3 and v2 have the same physics; v3 states finite bounds for the observations (±2.5, ±10, ±2π), which a lander far above the picture or turning
/// over can leave, as in Gymnasium; gym's v2 states none. Wind, which both can switch on, is not offered. gym's Box2D is replaced by a solver of our own
/// (<c>RigidBody2D</c>), compared with the real one in the tests; the exhaust particles, which touch nothing that counts, are only drawn.</para>
/// </remarks>
public sealed class LunarLanderContinuous : IEnvironment, IDrawable, IResumable
{
    private const double Scale = 30, Fps = 50, MainPower = 13, SidePower = 0.6, InitialForce = 1000;
    private const double HalfWidth = LanderWorld.Width / 2, HalfHeight = LanderWorld.Height / 2, StandingHeight = LanderWorld.Height / 4 + 18 / Scale;
    private const int HeightCount = LanderWorld.Chunks + 1;

    private readonly EpisodeClock _clock;
    private readonly double[] _heights = new double[HeightCount];
    private SeededRandom _random = new(0, RandomStream.Environment);
    private LanderWorld _world;
    private double _shaping;

    /// <summary>Makes the world; call <see cref="Reset"/> to start.</summary>
    /// <param name="version">3 (the present one) or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    public LunarLanderContinuous(int version = 3)
    {
        if (version is not (2 or 3))
            throw new ArgumentOutOfRangeException(nameof(version), version, "LunarLanderContinuous has the versions 2 and 3.");
        Id = version == 3 ? "LunarLanderContinuous-v3" : "LunarLanderContinuous-v2";
        float[] high = [2.5f, 2.5f, 10, 10, 2 * MathF.PI, 10, 1, 1];
        float[] low = [-2.5f, -2.5f, -10, -10, -2 * MathF.PI, -10, 0, 0];
        ObservationSpace = version == 3 ? new Box(low, high) : new Box(float.NegativeInfinity, float.PositiveInfinity, 8);
        _clock = new EpisodeClock(this);
        _world = new LanderWorld(_heights);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public Box ObservationSpace { get; }

    /// <inheritdoc/>
    public Box ActionSpace { get; } = new(-1, 1, 2);

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 1000;

    /// <summary>The lander's horizontal place in metres, 0 to 20; the pad's middle is 10.</summary>
    public double X => _world.Lander.Placement.Position.X;

    /// <summary>The lander's height in metres above the picture's lower edge; it stands at about 3.9 on the pad.</summary>
    public double Y => _world.Lander.Placement.Position.Y;

    /// <summary>The lander's angle in radians, counter-clockwise; 0 is upright.</summary>
    public double Angle => _world.Lander.Angle;

    /// <summary>The main engine's power m in the last step: 0, or 0.5 to 1.</summary>
    public double MainEngine { get; private set; }

    /// <summary>The side engine's power s in the last step with the sign of its direction: 0, or ±0.5 to ±1.</summary>
    public double SideEngine { get; private set; }

    /// <inheritdoc/>
    public DrawingBounds Bounds => new(0, 0, LanderWorld.Width, LanderWorld.Height);

    /// <inheritdoc/>
    public float[] Reset(ulong? seed = null)
    {
        if (seed is ulong root) _random = new SeededRandom(root, RandomStream.Environment);
        for (int i = 0; i < HeightCount; i++) _heights[i] = _random.NextUniform(0, HalfHeight);
        _world = new LanderWorld(_heights);
        _world.Lander.Force = new Vec2((float)_random.NextUniform(-InitialForce, InitialForce), (float)_random.NextUniform(-InitialForce, InitialForce));

        // As the original: the first step, with engines off, belongs to Reset and sets the reward's starting potential.
        (MainEngine, SideEngine) = (0, 0);
        DrawDispersion();
        _world.Step();
        double[] observation = Observe();
        _shaping = Potential(observation);
        _clock.Start();
        return Array.ConvertAll(observation, value => (float)value);
    }

    /// <inheritdoc/>
    public StepResult Step(ReadOnlySpan<float> action)
    {
        _clock.Check(action);
        double main = Math.Clamp(action[0], -1, 1), side = Math.Clamp(action[1], -1, 1);
        (MainEngine, SideEngine) = (main > 0 ? 0.5 + 0.5 * main : 0, Math.Abs(side) > 0.5 ? side : 0);
        (double dispersion0, double dispersion1) = DrawDispersion();
        FireEngines(_world, MainEngine, SideEngine, dispersion0, dispersion1);
        _world.Step();

        double[] observation = Observe();
        double shaping = Potential(observation);
        double reward = shaping - _shaping - 0.30 * MainEngine - 0.03 * Math.Abs(SideEngine);
        _shaping = shaping;

        bool failed = _world.Crashed || Math.Abs(observation[0]) >= 1, terminated = failed || !_world.Awake;
        if (failed) reward = -100;
        if (!_world.Awake) reward = 100;
        bool truncated = _clock.Advance(terminated);
        return new StepResult(Array.ConvertAll(observation, value => (float)value), reward, terminated, truncated);
    }

    /// <inheritdoc/>
    public void Draw(IDrawing drawing) => LunarLanderPicture.Draw(drawing, _world, MainEngine, SideEngine);

    /// <inheritdoc/>
    public EnvironmentSnapshot Save() => _clock.Save(_random, [_shaping, MainEngine, SideEngine, .. _heights, .. _world.Save()]);

    /// <inheritdoc/>
    public void Restore(EnvironmentSnapshot snapshot)
    {
        _clock.Restore(snapshot, _random, 3 + HeightCount + _world.SavedCount);
        (_shaping, MainEngine, SideEngine) = (snapshot.Values[0], snapshot.Values[1], snapshot.Values[2]);
        snapshot.Values.AsSpan(3, HeightCount).CopyTo(_heights);
        _world = new LanderWorld(_heights);
        _world.Restore(snapshot.Values.AsSpan(3 + HeightCount));
    }

    /// <summary>Pushes the lander as its engines would; the dispersions are U(−1, 1)/30.</summary>
    internal static void FireEngines(LanderWorld world, double main, double side, double dispersion0, double dispersion1)
    {
        Body lander = world.Lander;
        (double tipX, double tipY) = PortableMath.SinCos(lander.Angle);
        (double sideX, double sideY) = (-tipY, tipX);
        (double x, double y) = (lander.Placement.Position.X, lander.Placement.Position.Y);
        if (main > 0)
        {
            double ox = tipX * (4 / Scale + 2 * dispersion0) + sideX * dispersion1;
            double oy = -tipY * (4 / Scale + 2 * dispersion0) - sideY * dispersion1;
            world.Push(-ox * MainPower * main, -oy * MainPower * main, x + ox, y + oy);
        }
        if (side != 0)
        {
            double power = Math.Abs(side), away = 3 * dispersion1 + Math.Sign(side) * 12 / Scale;
            double ox = tipX * dispersion0 + sideX * away;
            double oy = -tipY * dispersion0 - sideY * away;
            // 17 here and 14 there is a slip of the original's that every published result has.
            world.Push(-ox * SidePower * power, -oy * SidePower * power, x + ox - tipX * 17 / Scale, y + oy + tipY * 14 / Scale);
        }
    }

    private static double Potential(double[] o) =>
        -100 * Math.Sqrt(o[0] * o[0] + o[1] * o[1]) - 100 * Math.Sqrt(o[2] * o[2] + o[3] * o[3]) - 100 * Math.Abs(o[4]) + 10 * o[6] + 10 * o[7];

    // Drawn in every step, engines on or off, so that the stream does not depend on the actions.
    private (double, double) DrawDispersion() => (_random.NextUniform(-1, 1) / Scale, _random.NextUniform(-1, 1) / Scale);

    // In float64, as the reward needs it.
    private double[] Observe()
    {
        Body lander = _world.Lander;
        Vec2 place = lander.Placement.Position;
        return
        [
            (place.X - HalfWidth) / HalfWidth,
            (place.Y - StandingHeight) / HalfHeight,
            lander.Velocity.X * HalfWidth / Fps,
            lander.Velocity.Y * HalfHeight / Fps,
            lander.Angle,
            20 * (double)lander.AngularVelocity / Fps,
            _world.FirstContact ? 1 : 0,
            _world.SecondContact ? 1 : 0,
        ];
    }
}
