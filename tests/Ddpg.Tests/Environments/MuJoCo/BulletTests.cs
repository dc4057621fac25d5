using System.Globalization;
using System.Xml.Linq;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Environments.MuJoCo.Bullet;
using Ddpg.Randomness;

namespace Ddpg.Tests.Environments.MuJoCo;

/// <summary>Bullet's tasks on MuJoCo's physics, beside their tables.</summary>
[Trait("Speed", "tiny")]
public sealed class BulletTests
{
    [Theory]
    [InlineData("Hopper", "75 75 75")]
    [InlineData("Walker2D", "40 40 12 40 40 12")]
    [InlineData("HalfCheetah", "108 81 54 126 54 27")]
    [InlineData("Ant", "250 250 250 250 250 250 250 250")]
    [InlineData("Humanoid", "41 41 41 41 41 123 82 41 41 123 82 30.75 30.75 30.75 30.75 30.75 30.75")]
    public void Full_torques_and_models_are_the_tables(string name, string torques)
    {
        BulletTask task = BulletTask.All.Single(known => known.Name == name);
        XElement model = XDocument.Parse(BulletModel.Read(task.Model, 4, task.Torque).Text).Root!;
        Assert.Equal(torques, string.Join(' ', model.Element("actuator")!.Elements("motor").Select(motor => Math.Round(Number(motor.Attribute("gear")!), 10).ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(0.0165 / 4, Number(model.Element("option")!.Attribute("timestep")!), 1e-15);
        Assert.Equal("0 0 -9.8", (string?)model.Element("option")!.Attribute("gravity"));
        Assert.Empty(model.Descendants("joint").Attributes("damping").Concat(model.Descendants("joint").Attributes("stiffness")));
        string friction = name == "Ant" ? "1.5 " : "0.8 ";
        Assert.All(model.Element("worldbody")!.Descendants("body").Elements("geom"), geom => Assert.StartsWith(friction, (string?)geom.Attribute("friction")));
    }

    [Theory]
    [InlineData("HalfCheetah", "fthigh", -1.5, 0.8)]
    [InlineData("HalfCheetah", "fshin", -1.2, 1.1)]
    [InlineData("HalfCheetah", "ffoot", -3.1, -0.3)]
    [InlineData("HalfCheetah", "bthigh", -0.52, 1.05)]
    [InlineData("Ant", "hip_2", -40 * Math.PI / 180, 40 * Math.PI / 180)]
    [InlineData("Ant", "ankle_1", 30 * Math.PI / 180, 100 * Math.PI / 180)]
    [InlineData("Ant", "ankle_3", -100 * Math.PI / 180, -30 * Math.PI / 180)]
    [InlineData("Humanoid", "left_hip_y", -120 * Math.PI / 180, 20 * Math.PI / 180)]
    public void Ranges_are_the_tables(string model, string joint, double low, double high)
    {
        RobotJoint found = BulletModel.Read(model, 4, static _ => 1).Joints.Single(known => known.Name == joint);
        Assert.Equal(low, found.Low, 1e-12);
        Assert.Equal(high, found.High, 1e-12);
    }

    [SkippableTheory]
    [InlineData("HopperBulletEnv-v0-MuJoCo", 15, 3)]
    [InlineData("Walker2DBulletEnv-v0-MuJoCo", 22, 6)]
    [InlineData("HalfCheetahBulletEnv-v0-MuJoCo", 26, 6)]
    [InlineData("AntBulletEnv-v0-MuJoCo", 28, 8)]
    [InlineData("HumanoidBulletEnv-v0-MuJoCo", 44, 17)]
    [InlineData("InvertedPendulumBulletEnv-v0-MuJoCo", 5, 1)]
    public void Sizes_are_the_tables(string id, int observation, int action)
    {
        using Robot robot = RobotTests.Make(id);
        Assert.Equal((observation, action, 1000), (robot.ObservationSpace.Length, robot.ActionSpace.Length, robot.MaxEpisodeSteps));
        Assert.Equal(0.0165, robot.TimeStep, 1e-15);
        Assert.Equal(observation, robot.Reset(1).Length);
    }

    /// <summary>The reward's five parts from the states before and after a step, on the planar robots, whose distance is 1000 − x.</summary>
    [SkippableTheory]
    [InlineData("HopperBulletEnv-v0-MuJoCo", "Hopper", 0)]
    [InlineData("Walker2DBulletEnv-v0-MuJoCo", "Walker2d", 0)]
    [InlineData("HalfCheetahBulletEnv-v0-MuJoCo", "HalfCheetah", 0.7)]
    public void Rewards_are_the_sum_of_their_parts(string id, string model, double restHeight)
    {
        using Robot robot = RobotTests.Make(id);
        RobotJoint[] joints = [.. BulletModel.Read(model, 4, static _ => 1).Joints.Skip(3)];
        SeededRandom random = new(6, RandomStream.ActionSampling);
        robot.Reset(4);
        double firstHeight = robot.Positions[1] + restHeight;
        int fallen = 0;
        for (int step = 0; step < 200; step++)
        {
            float[] action = robot.ActionSpace.Sample(random);
            double before = robot.Positions[0];
            StepResult result = robot.Step(action);
            double[] q = robot.Positions, v = robot.Velocities, scaled = [.. joints.Select(joint => 2 * (q[joint.Position] - joint.Low) / (joint.High - joint.Low) - 1)];
            double work = joints.Select((joint, i) => Math.Abs(action[i] * 0.1 * v[joint.Velocity])).Average(), effort = action.Average(a => (double)a * a);
            // What the robot touches the ground with is the end of its observation: for the cheetah front foot, shin, thigh, back foot, shin, thigh.
            bool down = model == "HalfCheetah"
                ? Math.Abs(q[2]) >= 1 || result.Observation[^5..^3].Concat(result.Observation[^2..]).Any(touch => touch == 1)
                : q[1] <= 0.8 || Math.Abs(q[2]) >= 1;
            if (down) fallen++;
            double expected = (down ? -1 : 1) + (q[0] - before) / 0.0165 - 2 * work - 0.1 * effort - 0.1 * scaled.Count(value => Math.Abs(value) > 0.99);
            Assert.Equal(expected, result.Reward, 1e-9);
            Assert.Equal(q[1] + restHeight - firstHeight, result.Observation[0], 1e-6);
            Assert.Equal(Math.Clamp(scaled[1], -5, 5), result.Observation[10], 1e-6);
            Assert.Equal(Math.Clamp(0.1 * v[4], -5, 5), result.Observation[11], 1e-6);
            Assert.Equal(down && model != "HalfCheetah", result.Terminated);
            if (!result.EpisodeEnded) continue;
            robot.Reset();
            firstHeight = robot.Positions[1] + restHeight;
        }
        Assert.InRange(fallen, 1, 199);
    }

    [SkippableFact]
    public void An_ant_that_looks_to_the_left_sees_the_target_on_its_right_and_its_own_speed_ahead()
    {
        using Robot ant = RobotTests.Make("AntBulletEnv-v0-MuJoCo");
        ant.Reset(1);
        double[] positions = ant.Positions, velocities = new double[ant.Velocities.Length];
        // Turned by 90° about z, rolled by 0.2 about its own x axis; it moves along the world's y axis, which is ahead.
        double half = Math.Sqrt(0.5), sin = Math.Sin(0.1), cos = Math.Cos(0.1);
        (positions[0], positions[1], positions[2]) = (0, 0, 2);
        (positions[3], positions[4], positions[5], positions[6]) = (half * cos, half * sin, half * sin, half * cos);
        velocities[1] = 1.5;
        velocities[2] = -0.5;
        float[] seen = ant.SetState(positions, velocities);
        double[] expected = [0, -1, 0, 0.3 * 1.5, 0, 0.3 * -0.5, 0.2, 0];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], seen[i], 1e-6);
        Assert.All(seen[^4..], touch => Assert.Equal(0, touch));
    }

    [SkippableFact]
    public void A_foot_that_stands_on_the_ground_is_seen()
    {
        using Robot hopper = RobotTests.Make("HopperBulletEnv-v0-MuJoCo");
        hopper.Reset(1);
        double[] positions = new double[6];
        // Upright, the foot's lowest point is 0.2 + 0.7 + 0.35 − 0.1 + 0.06 = 1.21 m below the torso's middle.
        positions[1] = 1.211;
        Assert.Equal(0, hopper.SetState(positions, new double[6])[^1]);
        positions[1] = 1.209;
        Assert.Equal(1, hopper.SetState(positions, new double[6])[^1]);
    }

    [Fact]
    public void Angles_are_those_of_the_platform_to_the_last_bits()
    {
        SeededRandom random = new(1);
        for (int i = 0; i < 10_000; i++)
        {
            double y = random.NextNormal(), x = random.NextNormal();
            Assert.Equal(Math.Atan2(y, x), Attitude.Angle(y, x), 1e-14);
        }
        Assert.Equal((0, Math.PI / 2, -Math.PI / 2, Math.PI), (Attitude.Angle(0, 0), Attitude.Angle(1, 0), Attitude.Angle(-2, 0), Attitude.Angle(0, -1)));
    }

    [Fact]
    public void An_unknown_task_lists_the_known_ones() =>
        Assert.Contains("Known: Hopper, Walker2D, HalfCheetah, Ant, Humanoid", Assert.Throws<ArgumentException>(() => new BulletLocomotion("Swimmer")).Message);

    private static double Number(XAttribute attribute) => double.Parse(attribute.Value, CultureInfo.InvariantCulture);
}
