using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Walk forwards on four legs (Gymnasium's <c>Ant-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A sphere on four legs with a hip and an ankle each, 0.91 kg, in space. One step is 0.05 s: five of the simulation.</para>
/// <para><b>Action.</b> Torque in units of 150 N·m, in [−1, 1]; what lies outside is clipped. Hip and ankle of leg 4 (front right) at <c>[0], [1]</c>, of leg 1 (front
/// left) at <c>[2], [3]</c>,
/// of leg 2 (back left) at <c>[4], [5]</c>, of leg 3 (back right) at <c>[6], [7]</c>: not the order of the joints.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>height of the torso in m (position 2; its x and y, positions 0 and 1, are not seen)</description></item>
/// <item><term><c>[1]</c> to <c>[4]</c></term><description>its orientation, a quaternion w x y z (positions 3 to 6)</description></item>
/// <item><term><c>[5]</c> to <c>[12]</c></term><description>hip and ankle of legs 1 to 4 in rad (positions 7 to 14)</description></item>
/// <item><term><c>[13]</c> to <c>[26]</c></term><description>the fourteen velocities: the torso's in m/s and rad/s, then the joints'</description></item>
/// <item><term><c>[27]</c> to <c>[110]</c></term><description>v2 only: external forces on the 14 bodies, clipped to [−1, 1]: all zeros, see below</description></item>
/// </list>
/// <para><b>Reward.</b> r = Δx/0.05 s + 1 − 0.5·Σa², with the torso's x. Worked: doing nothing earns 1 a step, about 1,000 an episode, which is no walking; full torque
/// everywhere costs 4 a step.</para>
/// <para><b>Start.</b> Height 0.75 m, legs straight out (the ankles snap into their range), each position off by U(−0.1, 0.1), each velocity 0.1·N(0, 1).</para>
/// <para><b>End.</b> Terminated unless 0.2 m ≤ height ≤ 1 m; truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v2 observes contact forces as well and subtracts 0.0005·Σ of their squares; with every MuJoCo since 2.0 gym's v2 never computed them, so they
/// are zeros and cost nothing, here too. v4 leaves them out.</para>
/// </remarks>
public sealed class Ant : Robot
{
    private const int ContactForces = 84;
    private static readonly RobotCamera Raised = new(yaw: 20, pitch: 35);
    private readonly int _zeros;

    /// <summary>Makes an ant; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public Ant(int version = 4) : base(Name("Ant", version), RobotModel.Read("Ant"), frameSkip: 5, new Box(-1, 1, 8), observationLength: version == 2 ? 27 + ContactForces : 27) =>
        _zeros = version == 2 ? ContactForces : 0;

    /// <inheritdoc/>
    public override DrawingBounds Bounds => new(-2, -1.3, 2, 1.7);

    private protected override RobotCamera Camera => Raised;

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions, 0.1);
        AddNormal(random, velocities, 0.1);
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        observation.Add(Simulation.Positions[2..]);
        observation.Add(Simulation.Velocities);
        observation.AddZeros(_zeros);
    }

    private protected override double Marker() => Simulation.BodyPositions[3];

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => (after - before) / TimeStep + 1 - 0.5 * SumOfSquares(action);

    private protected override bool IsTerminal() => !(Simulation.Positions[2] is >= 0.2 and <= 1);
}
