using System.Collections.Frozen;
using Ddpg.Environments.MuJoCo;

namespace Ddpg.Environments;

/// <summary>The kit's environments by the ids that the community uses.</summary>
public static class EnvironmentRegistry
{
    private static readonly FrozenDictionary<string, Func<IEnvironment>> Makers = new Dictionary<string, Func<IEnvironment>>
    {
        ["LunarLanderContinuous-v2"] = static () => new LunarLanderContinuous(version: 2),
        ["LunarLanderContinuous-v3"] = static () => new LunarLanderContinuous(),
        ["MountainCarContinuous-v0"] = static () => new MountainCarContinuous(),
        ["Pendulum-v0"] = static () => new Pendulum(version: 0),
        ["Pendulum-v1"] = static () => new Pendulum(),
    }.Concat(RobotMakers.All).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All known ids, sorted; also those whose library is missing here.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Makers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes a new environment.</summary>
    /// <param name="id">One of <see cref="Ids"/>, written exactly so.</param>
    /// <exception cref="ArgumentException">No such environment; the message lists those there are.</exception>
    /// <exception cref="DllNotFoundException">It is a robot, and the MuJoCo library is missing; the message says what to install.</exception>
    public static IEnvironment Make(string id) => Find(id)();

    /// <summary>What is missing on this machine to make this environment, and what to do; null where nothing is.</summary>
    /// <param name="id">One of <see cref="Ids"/>, written exactly so.</param>
    /// <exception cref="ArgumentException">No such environment; the message lists those there are.</exception>
    public static string? Missing(string id)
    {
        Find(id);
        return RobotMakers.All.ContainsKey(id) ? MuJoCoLibrary.Problem : null;
    }

    private static Func<IEnvironment> Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Makers.TryGetValue(id, out Func<IEnvironment>? make)
            ? make
            : throw new ArgumentException($"There is no environment '{id}'. Known: {string.Join(", ", Ids)}.", nameof(id));
    }
}
