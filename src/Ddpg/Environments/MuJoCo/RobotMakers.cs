using Ddpg.Environments.MuJoCo.Bullet;

namespace Ddpg.Environments.MuJoCo;

/// <summary>The robots by their ids.</summary>
internal static class RobotMakers
{
    public static IReadOnlyDictionary<string, Func<IEnvironment>> All { get; } = new Dictionary<string, Func<IEnvironment>>
    {
        ["Ant-v2"] = static () => new Ant(version: 2),
        ["Ant-v4"] = static () => new Ant(),
        ["HalfCheetah-v2"] = static () => new HalfCheetah(version: 2),
        ["HalfCheetah-v4"] = static () => new HalfCheetah(),
        ["Hopper-v2"] = static () => new Hopper(version: 2),
        ["Hopper-v4"] = static () => new Hopper(),
        ["Humanoid-v2"] = static () => new Humanoid(version: 2),
        ["Humanoid-v4"] = static () => new Humanoid(),
        ["InvertedDoublePendulum-v2"] = static () => new InvertedDoublePendulum(version: 2),
        ["InvertedDoublePendulum-v4"] = static () => new InvertedDoublePendulum(),
        ["InvertedPendulum-v2"] = static () => new InvertedPendulum(version: 2),
        ["InvertedPendulum-v4"] = static () => new InvertedPendulum(),
        ["Reacher-v2"] = static () => new Reacher(version: 2),
        ["Reacher-v4"] = static () => new Reacher(),
        ["Walker2d-v2"] = static () => new Walker2d(version: 2),
        ["Walker2d-v4"] = static () => new Walker2d(),
        ["AntBulletEnv-v0-MuJoCo"] = static () => new BulletLocomotion("Ant"),
        ["HalfCheetahBulletEnv-v0-MuJoCo"] = static () => new BulletLocomotion("HalfCheetah"),
        ["HopperBulletEnv-v0-MuJoCo"] = static () => new BulletLocomotion("Hopper"),
        ["HumanoidBulletEnv-v0-MuJoCo"] = static () => new BulletLocomotion("Humanoid"),
        ["InvertedPendulumBulletEnv-v0-MuJoCo"] = static () => new BulletPendulum(),
        ["Walker2DBulletEnv-v0-MuJoCo"] = static () => new BulletLocomotion("Walker2D"),
    };
}
