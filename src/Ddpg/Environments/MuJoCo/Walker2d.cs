using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Walk forwards on two legs without falling (Gymnasium's <c>Walker2d-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> The hopper's torso on two legs, 23.7 kg, in a vertical plane. One step is 0.008 s: four of the simulation.</para>
/// <para><b>Action.</b> <c>[0]</c> to <c>[2]</c> thigh, knee, ankle of the right leg, <c>[3]</c> to <c>[5]</c> of the left: torque in units of 100 N·m, in [−1, 1]; what
/// lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>height of the torso's middle in m (position 1; position 0, the place along the track, is not seen)</description></item>
/// <item><term><c>[1]</c></term><description>pitch in rad, positive forwards (position 2)</description></item>
/// <item><term><c>[2]</c> to <c>[7]</c></term><description>the six joints in rad, in the order of the action (positions 3 to 8)</description></item>
/// <item><term><c>[8]</c> to <c>[16]</c></term><description>the nine velocities in m/s and rad/s, each clipped to [−10, 10]</description></item>
/// </list>
/// <para><b>Reward.</b> r = Δx/0.008 s + 1 − 0.001·Σa²; the 1 is paid on the last step as well. Worked: full torque everywhere costs 0.006 a step.</para>
/// <para><b>Start.</b> The upright position, each position and velocity off by U(−0.005, 0.005).</para>
/// <para><b>End.</b> Terminated unless 0.8 m &lt; height &lt; 2 m and |pitch| &lt; 1 rad; truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v2 and v4 have the same physics, rewards and observations, and the same quirk: the left foot's friction is 1.9, the right one's 0.9 (v5 makes
/// both 1.9).</para>
/// </remarks>
public sealed class Walker2d : Robot
{
    /// <summary>Makes a walker; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public Walker2d(int version = 4) : base(Name("Walker2d", version), RobotModel.Read("Walker2d"), frameSkip: 4, new Box(-1, 1, 6), observationLength: 17)
    {
    }

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions, 0.005);
        AddUniform(random, velocities, 0.005);
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        observation.Add(Simulation.Positions[1..]);
        observation.Add(Simulation.Velocities, limit: 10);
    }

    private protected override double Marker() => Simulation.Positions[0];

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => (after - before) / TimeStep + 1 - 1e-3 * SumOfSquares(action);

    private protected override bool IsTerminal() => !(Simulation.Positions[1] is > 0.8 and < 2 && Math.Abs(Simulation.Positions[2]) < 1);
}
