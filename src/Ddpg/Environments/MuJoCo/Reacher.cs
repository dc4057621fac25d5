using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Bring the tip of a two-link arm to a target (Gymnasium's <c>Reacher-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> Two links of 0.1 m that turn flat above a table; the fingertip is 0.21 m from the shoulder when the arm is straight. One step is 0.02 s:
/// two of the simulation.</para>
/// <para><b>Action.</b> <c>[0]</c> shoulder, <c>[1]</c> elbow: torque in units of 200 N·m (the rotors are heavy), in [−1, 1]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0], [1]</c></term><description>cosines of shoulder and elbow</description></item>
/// <item><term><c>[2], [3]</c></term><description>their sines</description></item>
/// <item><term><c>[4], [5]</c></term><description>the target's x and y in m (positions 2 and 3)</description></item>
/// <item><term><c>[6], [7]</c></term><description>velocities of shoulder and elbow in rad/s</description></item>
/// <item><term><c>[8]</c> to <c>[10]</c></term><description>fingertip minus target in m; the last is always 0</description></item>
/// </list>
/// <para><b>Reward.</b> r = −‖fingertip − target‖ − Σa², with the distance as it was before the step. Worked: resting 0.1 m from the target costs 0.1 a step, 5 an
/// episode.</para>
/// <para><b>Start.</b> Joints U(−0.1, 0.1), the target uniform in the disc of radius 0.2 m round the shoulder; joint velocities U(−0.005, 0.005).</para>
/// <para><b>End.</b> Never terminated; truncated after 50 steps.</para>
/// <para><b>Versions.</b> v2 and v4 are the same task (v5 takes the distance after the step).</para>
/// </remarks>
public sealed class Reacher : Robot
{
    private const double Disc = 0.2;
    private const int Fingertip = 3, Target = 4;
    private static readonly RobotCamera Above = new(yaw: 0, pitch: 90, follows: false);

    /// <summary>Makes an arm and a target; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public Reacher(int version = 4) : base(Name("Reacher", version), RobotModel.Read("Reacher"), frameSkip: 2, new Box(-1, 1, 2), observationLength: 11)
    {
    }

    /// <inheritdoc/>
    public override int MaxEpisodeSteps => 50;

    /// <inheritdoc/>
    public override DrawingBounds Bounds => new(-0.3, -0.25, 0.3, 0.25);

    private protected override RobotCamera Camera => Above;

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions[..2], 0.1);
        do
        {
            (positions[2], positions[3]) = (random.NextUniform(-Disc, Disc), random.NextUniform(-Disc, Disc));
        }
        while (!(SumOfSquares(positions[2..]) < Disc * Disc));
        AddUniform(random, velocities[..2], 0.005);
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        ReadOnlySpan<double> q = Simulation.Positions;
        observation.Add(PortableMath.Cos(q[0]));
        observation.Add(PortableMath.Cos(q[1]));
        observation.Add(PortableMath.Sin(q[0]));
        observation.Add(PortableMath.Sin(q[1]));
        observation.Add(q[2..]);
        observation.Add(Simulation.Velocities[..2]);
        for (int i = 0; i < 3; i++) observation.Add(Gap(i));
    }

    private protected override double Marker() => Math.Sqrt(Gap(0) * Gap(0) + Gap(1) * Gap(1) + Gap(2) * Gap(2));

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => -before - SumOfSquares(action);

    private protected override bool IsTerminal() => false;

    private double Gap(int axis) => Simulation.BodyPositions[3 * Fingertip + axis] - Simulation.BodyPositions[3 * Target + axis];
}
