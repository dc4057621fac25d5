using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Walk forwards on two legs, in space, with arms (Gymnasium's <c>Humanoid-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> 13 bodies, 42.1 kg, 17 motors. One step is 0.015 s: five of the simulation.</para>
/// <para><b>Action.</b> In [−0.4, 0.4], what lies outside is clipped; at 1 it would be so many N·m: <c>[0]</c> to <c>[2]</c> abdomen y, z, x (100), <c>[3]</c> to
/// <c>[6]</c> right hip x, z, y, knee (100, 100, 300, 200),
/// <c>[7]</c> to <c>[10]</c> the left ones, <c>[11]</c> to <c>[13]</c> right shoulder 1, 2, elbow (25), <c>[14]</c> to <c>[16]</c> the left ones.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>height of the torso in m (position 2; its x and y, positions 0 and 1, are not seen)</description></item>
/// <item><term><c>[1]</c> to <c>[4]</c></term><description>its orientation, a quaternion w x y z (positions 3 to 6)</description></item>
/// <item><term><c>[5]</c> to <c>[21]</c></term><description>the joints in rad: abdomen z, y, x, then as the action (positions 7 to 23)</description></item>
/// <item><term><c>[22]</c> to <c>[44]</c></term><description>the 23 velocities: the torso's in m/s and rad/s, then the joints'</description></item>
/// <item><term><c>[45]</c> to <c>[184]</c></term><description>inertia and mass of the 14 bodies about the centre of mass, 10 each (the first body is the world:
/// zeros)</description></item>
/// <item><term><c>[185]</c> to <c>[268]</c></term><description>velocities of the 14 bodies, rotation then translation, 6 each</description></item>
/// <item><term><c>[269]</c> to <c>[291]</c></term><description>the motors' forces on the 23 degrees of freedom (the torso's six are zeros)</description></item>
/// <item><term><c>[292]</c> to <c>[375]</c></term><description>external forces on the 14 bodies, torque then force, 6 each; v2: zeros, see below</description></item>
/// </list>
/// <para><b>Reward.</b> r = 1.25·Δx/0.015 s + 5 − 0.1·Σa², with the x of the whole body's centre of mass. Worked: standing still without torque is worth exactly 5.</para>
/// <para><b>Start.</b> Upright at height 1.4 m, each position and velocity off by U(−0.01, 0.01).</para>
/// <para><b>End.</b> Terminated unless 1 m &lt; height &lt; 2 m; truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v4 computes the external forces after each step (at a start they are zeros) and charges nothing for them. v2 subtracts min(5·10⁻⁷·Σ of their
/// squares, 10), but with every MuJoCo since 2.0
/// gym's v2 never computed them, so they are zeros in the observation and in the reward, here too.</para>
/// </remarks>
public sealed class Humanoid : Robot
{
    private static readonly RobotCamera Raised = new(yaw: 20, pitch: 12);
    private readonly bool _computesForces;

    /// <summary>Makes a humanoid; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public Humanoid(int version = 4) : base(Name("Humanoid", version), RobotModel.Read("Humanoid"), frameSkip: 5, new Box(-0.4f, 0.4f, 17), observationLength: 376) =>
        _computesForces = version == 4;

    /// <inheritdoc/>
    public override DrawingBounds Bounds => new(-1.3, -0.35, 1.3, 1.95);

    private protected override RobotCamera Camera => Raised;

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions, 0.01);
        AddUniform(random, velocities, 0.01);
    }

    private protected override void AfterAdvance()
    {
        if (_computesForces) Simulation.ComputeExternalForces();
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        observation.Add(Simulation.Positions[2..]);
        observation.Add(Simulation.Velocities);
        observation.Add(Simulation.BodyInertias);
        observation.Add(Simulation.BodyVelocities);
        observation.Add(Simulation.ActuatorForces);
        observation.Add(Simulation.ExternalForces);
    }

    // The centre of mass along the track, from the bodies' centres and masses.
    private protected override double Marker()
    {
        double sum = 0, mass = 0;
        for (int body = 1; body < Simulation.Model.Bodies.Count; body++)
        {
            double own = Simulation.BodyInertias[10 * body + 9];
            sum += own * Simulation.BodyCenters[3 * body];
            mass += own;
        }
        return sum / mass;
    }

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => 1.25 * (after - before) / TimeStep + 5 - 0.1 * SumOfSquares(action);

    private protected override bool IsTerminal() => !(Simulation.Positions[2] is > 1 and < 2);
}
