using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Hop forwards on one leg without falling (Gymnasium's <c>Hopper-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A torso on a thigh, a leg and a foot, 15.8 kg, in a vertical plane. One step is 0.008 s: four of the simulation.</para>
/// <para><b>Action.</b> <c>[0]</c> thigh, <c>[1]</c> knee, <c>[2]</c> ankle: torque in units of 200 N·m, in [−1, 1]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>height of the torso's middle in m (position 1; position 0, the place along the track, is not seen)</description></item>
/// <item><term><c>[1]</c></term><description>pitch in rad, positive forwards (position 2)</description></item>
/// <item><term><c>[2]</c> to <c>[4]</c></term><description>thigh, knee, ankle in rad (positions 3 to 5)</description></item>
/// <item><term><c>[5]</c> to <c>[10]</c></term><description>the six velocities in m/s and rad/s, each clipped to [−10, 10]</description></item>
/// </list>
/// <para><b>Reward.</b> r = Δx/0.008 s + 1 − 0.001·Σa²; the 1 is paid on the last step as well. Worked: one step of standing still in the air without torque is worth
/// exactly 1.</para>
/// <para><b>Start.</b> The upright position, each position and velocity off by U(−0.005, 0.005).</para>
/// <para><b>End.</b> Terminated unless height &gt; 0.7 m, |pitch| &lt; 0.2 rad and every number but the place and the height is below 100 in size; truncated after 1,000
/// steps.</para>
/// <para><b>Versions.</b> v2 and v4 have the same physics, rewards and observations; they differ in the bindings that gym and Gymnasium use.</para>
/// </remarks>
public sealed class Hopper : Robot
{
    /// <summary>Makes a hopper; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public Hopper(int version = 4) : base(Name("Hopper", version), RobotModel.Read("Hopper"), frameSkip: 4, new Box(-1, 1, 3), observationLength: 11)
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

    private protected override bool IsTerminal()
    {
        ReadOnlySpan<double> q = Simulation.Positions;
        bool moderate = AllBelow(q[2..], 100) && AllBelow(Simulation.Velocities, 100);
        return !(moderate && q[1] > 0.7 && Math.Abs(q[2]) < 0.2);
    }

    private static bool AllBelow(ReadOnlySpan<double> values, double limit)
    {
        foreach (double value in values)
            if (!(Math.Abs(value) < limit)) return false;
        return true;
    }
}
