using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo.Bullet;

/// <summary>PyBullet's <c>InvertedPendulumBulletEnv-v0</c>: keep a pole upright on a cart. Bullet's task on MuJoCo's physics; returns are not comparable with
/// PyBullet's.</summary>
/// <remarks>
/// <para><b>Description.</b> The cart and pole of the MuJoCo task without friction in slide and hinge, gravity 9.8 m/s². One step is 0.0165 s: one of the simulation.</para>
/// <para><b>Action.</b> <c>[0]</c>: force on the cart in units of 100 N, in [−1, 1]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0], [1]</c></term><description>the cart's place in m and velocity in m/s</description></item>
/// <item><term><c>[2], [3]</c></term><description>cosine and sine of the pole's angle</description></item>
/// <item><term><c>[4]</c></term><description>the pole's angular velocity in rad/s</description></item>
/// </list>
/// <para><b>Reward.</b> 1 a step, the last one included: an episode is worth at most 1,000.</para>
/// <para><b>Start.</b> Angle U(−0.1, 0.1) rad, all at rest.</para>
/// <para><b>End.</b> Terminated when |angle| &gt; 0.2 rad; truncated after 1,000 steps.</para>
/// </remarks>
public sealed class BulletPendulum : Robot
{
    private static readonly RobotCamera Standing = new(yaw: 0, pitch: 0, follows: false);

    /// <summary>Makes a cart and pole; call <see cref="Robot.Reset"/> to start.</summary>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public BulletPendulum()
        : base("InvertedPendulumBulletEnv-v0-MuJoCo", BulletModel.Read("InvertedPendulum", substeps: 1, static _ => 100), frameSkip: 1, new Box(-1, 1, 1), observationLength: 5)
    {
    }

    /// <inheritdoc/>
    public override DrawingBounds Bounds => new(-1.3, -0.5, 1.3, 0.9);

    private protected override RobotCamera Camera => Standing;

    /// <inheritdoc/>
    public override void Draw(IDrawing drawing)
    {
        base.Draw(drawing);
        RobotPicture.DrawRail(drawing, length: 1.1);
    }

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities) => positions[1] = random.NextUniform(-0.1, 0.1);

    private protected override void Observe(ref ObservationWriter observation)
    {
        (double sin, double cos) = PortableMath.SinCos(Simulation.Positions[1]);
        observation.Add([Simulation.Positions[0], Simulation.Velocities[0], cos, sin, Simulation.Velocities[1]]);
    }

    private protected override double Marker() => 0;

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => 1;

    private protected override bool IsTerminal() => !(Math.Abs(Simulation.Positions[1]) <= 0.2);
}
