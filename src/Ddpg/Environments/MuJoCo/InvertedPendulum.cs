using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Keep a pole upright on a cart (Gymnasium's <c>InvertedPendulum-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A cart of 10.5 kg on a rail from −1 m to 1 m, a pole of 0.6 m and 5 kg hinged to it. One step is 0.04 s: two of the simulation. The pole's
/// own axis leans by 1 mm to the right.</para>
/// <para><b>Action.</b> <c>[0]</c>: force on the cart in units of 100 N, in [−3, 3]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0], [1]</c></term><description>cart's place in m, pole's angle in rad, positive to the right (the positions)</description></item>
/// <item><term><c>[2], [3]</c></term><description>their velocities in m/s and rad/s</description></item>
/// </list>
/// <para><b>Reward.</b> 1 a step, the last one included: an episode is worth at most 1,000.</para>
/// <para><b>Start.</b> Cart in the middle, pole upright, each position and velocity off by U(−0.01, 0.01).</para>
/// <para><b>End.</b> Terminated when |angle| &gt; 0.2 rad; truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v2 and v4 are the same task.</para>
/// </remarks>
public sealed class InvertedPendulum : Robot
{
    private static readonly RobotCamera Standing = new(yaw: 0, pitch: 0, follows: false);

    /// <summary>Makes a cart and pole; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public InvertedPendulum(int version = 4) : base(Name("InvertedPendulum", version), RobotModel.Read("InvertedPendulum"), frameSkip: 2, new Box(-3, 3, 1), observationLength: 4)
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

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions, 0.01);
        AddUniform(random, velocities, 0.01);
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        observation.Add(Simulation.Positions);
        observation.Add(Simulation.Velocities);
    }

    private protected override double Marker() => 0;

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => 1;

    private protected override bool IsTerminal() => !(Math.Abs(Simulation.Positions[1]) <= 0.2);
}
