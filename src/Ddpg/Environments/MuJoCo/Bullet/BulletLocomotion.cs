using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo.Bullet;

/// <summary>The walking tasks of PyBullet: Hopper, Walker2D, HalfCheetah, Ant, Humanoid. Bullet's task on MuJoCo's physics; returns are not comparable with PyBullet's.</summary>
/// <remarks>
/// <para><b>Description.</b> The MuJoCo tasks' robots as Bullet's tasks change them: no springs, brakes or rotors in the joints (the humanoid keeps its rotors, which
/// MuJoCo's solver needs), velocities of at most 100 m/s and rad/s, gravity 9.8 m/s², all as dense as water (the ant weighs 182 kg), the cheetah's feet 10 kg each,
/// other ranges and frictions. One step is 0.0165 s: four of the simulation.
/// Bullet's contacts (restitution 0.5, its own solver, friction multiplied instead of the larger one) are MuJoCo's here. Ids end in <c>-MuJoCo</c>, as in
/// <c>HopperBulletEnv-v0-MuJoCo</c>.</para>
/// <para><b>Action.</b> One number a joint, in the joints' order, in [−1, 1]; what lies outside is clipped. Full torque: Hopper 75 N·m; Walker2D 40, feet 12;
/// HalfCheetah 108, 81, 54, 126, 54, 27; Ant 250;
/// Humanoid 41, hips' y axis 123, knees 82, arms 30.75.</para>
/// <list type="table">
/// <listheader><term>Observation</term><description>meaning; every number is clipped to [−5, 5]</description></listheader>
/// <item><term><c>[0]</c></term><description>height of the torso minus the episode's first one (Humanoid: minus 0.8), in m</description></item>
/// <item><term><c>[1], [2]</c></term><description>sine and cosine of the direction to the target, 1 km ahead in x, as the torso sees it</description></item>
/// <item><term><c>[3]</c> to <c>[5]</c></term><description>0.3 times the torso's velocity forwards, to the left, upwards, in m/s</description></item>
/// <item><term><c>[6], [7]</c></term><description>roll and pitch in rad</description></item>
/// <item><term>two a joint</term><description>position with its range scaled to [−1, 1]; 0.1 times its velocity in rad/s</description></item>
/// <item><term>one a foot</term><description>1 when it touches the ground (HalfCheetah: front foot, shin, thigh, back foot, shin, thigh)</description></item>
/// </list>
/// <para><b>Reward.</b> r = alive + (d − d')/0.0165 s − 2·mean|a·0.1q̇| − 0.1·mean a² − 0.1·(joints at more than 0.99 of their range), with d the distance to the
/// target: about the speed in m/s. Humanoid's two power terms cost 4.25 times as much.
/// Alive is +1 (Humanoid +2), and −1 when fallen: Hopper and Walker2D at height ≤ 0.8 m or |pitch| ≥ 1; HalfCheetah at |pitch| ≥ 1 or with a shin or thigh on the
/// ground; Ant at height ≤ 0.26 m; Humanoid at height ≤ 0.78 m.</para>
/// <para><b>Start.</b> Each joint at U(−0.1, 0.1) rad, all at rest.</para>
/// <para><b>End.</b> Terminated when fallen (HalfCheetah: never); truncated after 1,000 steps.</para>
/// </remarks>
public sealed class BulletLocomotion : Robot
{
    private const int Substeps = 4;
    private const double TargetX = 1000;
    private static readonly RobotCamera Raised = new(yaw: 20, pitch: 25);

    private readonly BulletTask _task;
    private readonly RobotJoint[] _joints;
    private readonly int[] _feet, _forbidden;
    private readonly bool _planar;
    private double _referenceHeight;

    /// <summary>Makes a robot; call <see cref="Robot.Reset"/> to start.</summary>
    /// <param name="task">Hopper, Walker2D, HalfCheetah, Ant or Humanoid.</param>
    /// <exception cref="ArgumentException">Another task.</exception>
    /// <exception cref="DllNotFoundException">The MuJoCo library is missing; the message says what to install.</exception>
    public BulletLocomotion(string task) : this(BulletTask.All.FirstOrDefault(known => known.Name == task)
        ?? throw new ArgumentException($"There is no Bullet task '{task}'. Known: {string.Join(", ", BulletTask.All.Select(known => known.Name))}.", nameof(task)))
    {
    }

    private BulletLocomotion(BulletTask task) : this(task, BulletModel.Read(task.Model, Substeps, task.Torque))
    {
    }

    private BulletLocomotion(BulletTask task, RobotModel model)
        : base($"{task.Name}BulletEnv-v0-MuJoCo", model, Substeps, new Box(-1, 1, model.Motors.Count), observationLength: 8 + 2 * model.Motors.Count + task.Feet.Length, observationLimit: 5)
    {
        _task = task;
        _joints = [.. model.Motors.Select(joint => model.Joints[joint])];
        _feet = [.. task.Feet.Select(foot => Geom(model, foot))];
        _forbidden = [.. task.Forbidden.Select(part => Geom(model, part))];
        _planar = model.PositionCount == model.VelocityCount;
    }

    /// <inheritdoc/>
    public override DrawingBounds Bounds => _task.Name switch
    {
        "Ant" => new(-2, -1.3, 2, 1.7),
        "HalfCheetah" => new(-1.5, -0.3, 1.5, 1.5),
        _ => base.Bounds,
    };

    private protected override RobotCamera Camera => _planar ? base.Camera : Raised;

    // Bullet's own limit of a joint's velocity: what holds light links without rotors together there.
    private protected override double VelocityLimit => 100;

    private double Height => _planar ? Simulation.Positions[1] + _task.RestHeight : Simulation.Positions[2];

    private protected override void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities)
    {
        foreach (RobotJoint joint in _joints) positions[joint.Position] = random.NextUniform(-0.1, 0.1);
    }

    private protected override void AfterStart() => _referenceHeight = _task.ReferenceHeight ?? Height;

    private protected override void Observe(ref ObservationWriter observation)
    {
        Attitude attitude = ReadAttitude();
        ReadOnlySpan<double> q = Simulation.Positions, v = Simulation.Velocities;
        (double x, double y) = (q[0], _planar ? 0 : q[1]);
        (double vx, double vy, double vz) = _planar ? (v[0], 0.0, v[1]) : (v[0], v[1], v[2]);
        double distance = Distance(x, y), sinTarget = -y / distance, cosTarget = (TargetX - x) / distance;
        observation.Add(
        [
            Height - _referenceHeight,
            sinTarget * attitude.CosYaw - cosTarget * attitude.SinYaw,
            cosTarget * attitude.CosYaw + sinTarget * attitude.SinYaw,
            0.3 * (attitude.CosYaw * vx + attitude.SinYaw * vy),
            0.3 * (attitude.CosYaw * vy - attitude.SinYaw * vx),
            0.3 * vz,
            attitude.Roll,
            attitude.Pitch,
        ], limit: 5);
        foreach (RobotJoint joint in _joints) observation.Add([Scaled(joint), 0.1 * v[joint.Velocity]], limit: 5);
        foreach (int foot in _feet) observation.Add(TouchesGround(foot) ? 1 : 0);
    }

    private protected override double Marker() => Distance(Simulation.Positions[0], _planar ? 0 : Simulation.Positions[1]);

    private protected override double Reward(double before, double after, ReadOnlySpan<double> action)
    {
        double work = 0;
        int atLimit = 0;
        for (int i = 0; i < _joints.Length; i++)
        {
            work += Math.Abs(action[i] * 0.1 * Simulation.Velocities[_joints[i].Velocity]);
            if (Math.Abs(Scaled(_joints[i])) > 0.99) atLimit++;
        }
        double power = (2 * work + 0.1 * SumOfSquares(action)) / _joints.Length;
        return (Fallen() ? -1 : _task.AliveBonus) + (before - after) / BulletModel.ActionTime - _task.PowerCost * power - 0.1 * atLimit;
    }

    private protected override bool IsTerminal() => _task.EndsWhenFallen && Fallen();

    private protected override double[] SaveTask() => [_referenceHeight];

    private protected override void RestoreTask(ReadOnlySpan<double> values) => _referenceHeight = values[0];

    private static int Geom(RobotModel model, string body) => model.Geoms.ToList().FindIndex(geom => model.Bodies[geom.Body] == body);

    private static double Distance(double x, double y) => Math.Sqrt((TargetX - x) * (TargetX - x) + y * y);

    private bool Fallen() => !(Height > _task.LowestHeight && Math.Abs(ReadAttitude().Pitch) < _task.LargestPitch) || Array.Exists(_forbidden, TouchesGround);

    private double Scaled(RobotJoint joint) => (2 * Simulation.Positions[joint.Position] - joint.Low - joint.High) / (joint.High - joint.Low);

    // The lowest point of a capsule or sphere is not above the ground: where the simulation last looked for contacts, as in Bullet.
    private bool TouchesGround(int geom)
    {
        RobotGeom shape = Simulation.Model.Geoms[geom];
        double lowest = Simulation.GeomPositions[3 * geom + 2] - Math.Abs(Simulation.GeomOrientations[9 * geom + 8]) * shape.HalfLength - shape.Radius;
        return lowest <= 0;
    }

    private Attitude ReadAttitude()
    {
        ReadOnlySpan<double> q = Simulation.Positions;
        if (!_planar) return Attitude.Of(q[3], q[4], q[5], q[6]);
        (double sin, double cos) = Numerics.PortableMath.SinCos(q[2] / 2);
        return Attitude.Of(cos, 0, sin, 0);
    }
}
