using Ddpg.Numerics;
using Ddpg.Randomness;

namespace Ddpg.Environments;

/// <summary>Drive a weak car out of a valley by swinging back and forth (Gymnasium's <c>MountainCarContinuous-v0</c>).</summary>
/// <remarks>
/// <para><b>Description.</b> The car stands in a valley of the curve sin 3x and must reach the flag on the right. Its engine cannot climb the
/// slope at once. One step, with f = clip(action, −1, 1):</para>
/// <para>v' = clip(v + 0.0015f − 0.0025 cos 3x, −0.07, 0.07), x' = clip(x + v', −1.2, 0.6), and v' = 0 where the car has hit the left wall.</para>
/// <para><b>Action.</b> <c>action[0]</c>: force in [−1, 1]; what lies outside is clipped for the motion, but paid for in full.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning and range</description></listheader>
/// <item><term><c>[0]</c></term><description>position x, in [−1.2, 0.6]; the valley's bottom is −π/6 ≈ −0.524, the flag 0.45</description></item>
/// <item><term><c>[1]</c></term><description>velocity v per step, in [−0.07, 0.07]</description></item>
/// </list>
/// <para><b>Reward.</b> r = −0.1·action² (of the unclipped action), plus 100 on reaching the flag. Within the action space the worst step costs
/// −0.1·1² = −0.1, so that the worst episode returns 999·(−0.1) = −99.9; doing nothing returns 0; above 90 counts as solved.</para>
/// <para><b>Start.</b> x uniform in [−0.6, −0.4), v = 0.</para>
/// <para><b>End.</b> Terminated when x ≥ 0.45 with v ≥ 0; truncated after 999 steps.</para>
/// <para><b>Versions.</b> v0 is the only one.</para>
/// <para>The arithmetic is float64 and the state is rounded to float32 after every step, as Gymnasium with NumPy 1 does
/// (NumPy 2 does part of the arithmetic in float32 too). The start state keeps its float64.</para>
/// </remarks>
public sealed class MountainCarContinuous : IEnvironment, IDrawable, IResumable
{
    private const double MinPosition = -1.2, MaxPosition = 0.6, MaxSpeed = 0.07, GoalPosition = 0.45, Power = 0.0015, Slope = 0.0025;

    private readonly EpisodeClock _clock;
    private SeededRandom _random = new(0, RandomStream.Environment);

    /// <summary>Makes the valley and the car; call <see cref="Reset"/> to start.</summary>
    public MountainCarContinuous() => _clock = new EpisodeClock(this);

    /// <inheritdoc/>
    public string Id => "MountainCarContinuous-v0";

    /// <inheritdoc/>
    public Box ObservationSpace { get; } = new([(float)MinPosition, -(float)MaxSpeed], [(float)MaxPosition, (float)MaxSpeed]);

    /// <inheritdoc/>
    public Box ActionSpace { get; } = new(-1, 1, 1);

    /// <inheritdoc/>
    public int MaxEpisodeSteps => 999;

    /// <summary>The car's position x.</summary>
    public double Position { get; private set; } = -0.5;

    /// <summary>The car's velocity v, in position units per step.</summary>
    public double Velocity { get; private set; }

    /// <summary>The force f of the last step, after clipping; 0 before the first.</summary>
    public double Force { get; private set; }

    /// <inheritdoc/>
    public DrawingBounds Bounds => new(MinPosition, 0, MaxPosition, 1.2);

    /// <inheritdoc/>
    public float[] Reset(ulong? seed = null)
    {
        if (seed is ulong root) _random = new SeededRandom(root, RandomStream.Environment);
        return SetState(_random.NextUniform(-0.6, -0.4), 0);
    }

    /// <summary>Starts an episode in a state of your choice and returns its observation.</summary>
    /// <param name="position">x, in [−1.2, 0.6].</param>
    /// <param name="velocity">v, in [−0.07, 0.07].</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public float[] SetState(double position, double velocity)
    {
        if (position is not (>= MinPosition and <= MaxPosition))
            throw new ArgumentOutOfRangeException(nameof(position), position, "The position must be in [-1.2, 0.6].");
        if (velocity is not (>= -MaxSpeed and <= MaxSpeed))
            throw new ArgumentOutOfRangeException(nameof(velocity), velocity, "The velocity must be in [-0.07, 0.07].");
        _clock.Start();
        (Position, Velocity, Force) = (position, velocity, 0);
        return Observe();
    }

    /// <inheritdoc/>
    public StepResult Step(ReadOnlySpan<float> action)
    {
        _clock.Check(action);
        double a = action[0];
        Force = Math.Clamp(a, -1, 1);

        double velocity = Math.Clamp(Velocity + Force * Power - Slope * PortableMath.Cos(3 * Position), -MaxSpeed, MaxSpeed);
        double position = Math.Clamp(Position + velocity, MinPosition, MaxPosition);
        if (position == MinPosition && velocity < 0) velocity = 0;

        bool terminated = position >= GoalPosition && velocity >= 0;
        double reward = (terminated ? 100 : 0) - 0.1 * a * a;
        (Position, Velocity) = ((float)position, (float)velocity);

        bool truncated = _clock.Advance(terminated);
        return new StepResult(Observe(), reward, terminated, truncated);
    }

    /// <inheritdoc/>
    public void Draw(IDrawing drawing) => MountainCarPicture.Draw(drawing, Position, Force, GoalPosition, Bounds);

    /// <inheritdoc/>
    public EnvironmentSnapshot Save() => _clock.Save(_random, [Position, Velocity, Force]);

    /// <inheritdoc/>
    public void Restore(EnvironmentSnapshot snapshot)
    {
        _clock.Restore(snapshot, _random, valueCount: 3);
        (Position, Velocity, Force) = (snapshot.Values[0], snapshot.Values[1], snapshot.Values[2]);
    }

    private float[] Observe() => [(float)Position, (float)Velocity];
}
