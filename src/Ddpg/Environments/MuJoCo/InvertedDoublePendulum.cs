using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Keep two poles, one upon the other, upright on a cart (Gymnasium's <c>InvertedDoublePendulum-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A cart of 10.5 kg on a rail from −1 m to 1 m, two poles of 0.6 m and 4.2 kg. One step is 0.05 s: five of the simulation.</para>
/// <para><b>Action.</b> <c>[0]</c>: force on the cart in units of 500 N, in [−1, 1]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>cart's place in m</description></item>
/// <item><term><c>[1], [2]</c></term><description>sine of the first pole's angle, and of the second's to the first</description></item>
/// <item><term><c>[3], [4]</c></term><description>their cosines</description></item>
/// <item><term><c>[5]</c> to <c>[7]</c></term><description>velocities of cart and angles in m/s and rad/s, clipped to [−10, 10]</description></item>
/// <item><term><c>[8]</c> to <c>[10]</c></term><description>constraint forces on cart and angles in N and N·m, clipped to [−10, 10]: not 0 only where the cart is at the
/// rail's end</description></item>
/// </list>
/// <para><b>Reward.</b> r = 10 − (0.01·x² + (y − 2)²) − (0.001·ω₁² + 0.005·ω₂²), with the upper tip at (x, y). Worked: perfect balance is worth 10 − 0.8² = 9.36 a step,
/// 9,360 an episode.</para>
/// <para><b>Start.</b> Each position off the upright by U(−0.1, 0.1), each velocity 0.1·N(0, 1).</para>
/// <para><b>End.</b> Terminated when the tip is at 1 m or lower (upright it is at 1.2 m); truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v2 and v4 are the same task.</para>
/// </remarks>
public sealed class InvertedDoublePendulum : Robot
{
    private static readonly RobotCamera Standing = new(yaw: 0, pitch: 0, follows: false);

    /// <summary>Makes a cart and two poles; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public InvertedDoublePendulum(int version = 4)
        : base(Name("InvertedDoublePendulum", version), RobotModel.Read("InvertedDoublePendulum"), frameSkip: 5, new Box(-1, 1, 1), observationLength: 11)
    {
    }

    /// <inheritdoc/>
    public override DrawingBounds Bounds => new(-1.5, -0.5, 1.5, 1.4);

    private protected override RobotCamera Camera => Standing;

    /// <inheritdoc/>
    public override void Draw(IDrawing drawing)
    {
        base.Draw(drawing);
        RobotPicture.DrawRail(drawing, length: 1.1);
    }

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions, 0.1);
        AddNormal(random, velocities, 0.1);
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        ReadOnlySpan<double> q = Simulation.Positions;
        observation.Add(q[0]);
        observation.Add(PortableMath.Sin(q[1]));
        observation.Add(PortableMath.Sin(q[2]));
        observation.Add(PortableMath.Cos(q[1]));
        observation.Add(PortableMath.Cos(q[2]));
        observation.Add(Simulation.Velocities, limit: 10);
        observation.Add(Simulation.ConstraintForces, limit: 10);
    }

    private protected override double Marker() => 0;

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action)
    {
        double x = Simulation.SitePositions[0], below = Simulation.SitePositions[2] - 2, first = Simulation.Velocities[1], second = Simulation.Velocities[2];
        return 10 - (0.01 * x * x + below * below) - (1e-3 * first * first + 5e-3 * second * second);
    }

    private protected override bool IsTerminal() => !(Simulation.SitePositions[2] > 1);
}
