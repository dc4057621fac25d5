using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>Run forwards as fast as you can (Gymnasium's <c>HalfCheetah-v4</c>; gym's v2 on request).</summary>
/// <remarks>
/// <para><b>Description.</b> A torso with a back and a front leg of three links each, 14 kg, sprung joints, in a vertical plane. One step is 0.05 s: five of the
/// simulation. It cannot fail: on its back it goes on.</para>
/// <para><b>Action.</b> <c>[0]</c> to <c>[2]</c> thigh, shin, foot of the back leg, <c>[3]</c> to <c>[5]</c> of the front leg: torque in units of 120, 90, 60, 120, 60,
/// 30 N·m, in [−1, 1]; what lies outside is clipped.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning</description></listheader>
/// <item><term><c>[0]</c></term><description>height of the torso over its rest in m (position 1; position 0, the place along the track, is not seen)</description></item>
/// <item><term><c>[1]</c></term><description>pitch in rad, positive nose down (position 2)</description></item>
/// <item><term><c>[2]</c> to <c>[7]</c></term><description>the six joints in rad, in the order of the action (positions 3 to 8)</description></item>
/// <item><term><c>[8]</c> to <c>[16]</c></term><description>the nine velocities in m/s and rad/s, not clipped</description></item>
/// </list>
/// <para><b>Reward.</b> r = Δx/0.05 s − 0.1·Σa². Worked: full torque everywhere costs 0.6 a step; doing nothing earns about 0 an episode.</para>
/// <para><b>Start.</b> Each position off its rest by U(−0.1, 0.1), each velocity 0.1·N(0, 1).</para>
/// <para><b>End.</b> Never terminated; truncated after 1,000 steps.</para>
/// <para><b>Versions.</b> v2 and v4 have the same physics, rewards and observations.</para>
/// </remarks>
public sealed class HalfCheetah : Robot
{
    /// <summary>Makes a cheetah; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="version">4 (Gymnasium's) or 2 (gym's).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another version.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public HalfCheetah(int version = 4) : base(Name("HalfCheetah", version), RobotModel.Read("HalfCheetah"), frameSkip: 5, new Box(-1, 1, 6), observationLength: 17)
    {
    }

    /// <inheritdoc/>
    public override DrawingBounds Bounds => new(-1.5, -0.3, 1.5, 1.5);

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        AddUniform(random, positions, 0.1);
        AddNormal(random, velocities, 0.1);
    }

    private protected override void Observe(ref ObservationWriter observation)
    {
        observation.Add(Simulation.Positions[1..]);
        observation.Add(Simulation.Velocities);
    }

    private protected override double Marker() => Simulation.Positions[0];

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action) => (after - before) / TimeStep - 0.1 * SumOfSquares(action);

    private protected override bool IsTerminal() => false;
}
