namespace Ddpg.Environments.MuJoCo.Bullet;

/// <summary>What distinguishes Bullet's walking tasks from each other.</summary>
/// <param name="Name">In the id: <c>HopperBulletEnv-v0</c>.</param>
/// <param name="Model">The MuJoCo task whose model is changed.</param>
/// <param name="Torque">A joint's torque at full action, in N·m.</param>
/// <param name="Feet">The bodies whose touching of the ground is observed, in this order.</param>
/// <param name="LowestHeight">Of the torso, in m; lower is fallen. −∞ where height does not count.</param>
/// <param name="LargestPitch">In rad; more is fallen. +∞ where pitch does not count.</param>
internal sealed record BulletTask(string Name, string Model, Func<string, double> Torque, string[] Feet, double LowestHeight, double LargestPitch)
{
    /// <summary>What each step of standing is worth.</summary>
    public double AliveBonus { get; init; } = 1;

    /// <summary>By how much power costs more than in the other tasks.</summary>
    public double PowerCost { get; init; } = 1;

    /// <summary>The height that the observed one is relative to; null: the episode's first.</summary>
    public double? ReferenceHeight { get; init; }

    /// <summary>Bodies that must not touch the ground.</summary>
    public string[] Forbidden { get; init; } = [];

    /// <summary>Whether a fall ends the episode.</summary>
    public bool EndsWhenFallen { get; init; } = true;

    /// <summary>The torso's height where position 1 is 0; 0 where positions hold the height itself.</summary>
    public double RestHeight { get; init; }

    /// <summary>All of them by name.</summary>
    public static IReadOnlyList<BulletTask> All { get; } =
    [
        new("Hopper", "Hopper", static _ => 75, ["foot"], LowestHeight: 0.8, LargestPitch: 1),
        new("Walker2D", "Walker2d", static joint => joint.StartsWith("ankle", StringComparison.Ordinal) ? 12 : 40, ["foot", "foot_left"], LowestHeight: 0.8, LargestPitch: 1),
        new("HalfCheetah", "HalfCheetah", CheetahTorque, ["ffoot", "fshin", "fthigh", "bfoot", "bshin", "bthigh"], double.NegativeInfinity, LargestPitch: 1)
        {
            Forbidden = ["fshin", "fthigh", "bshin", "bthigh"],
            EndsWhenFallen = false,
            RestHeight = 0.7,
        },
        new("Ant", "Ant", static _ => 250, ["front_left_foot", "back_left_foot", "back_right_foot", "front_right_foot"], LowestHeight: 0.26, double.PositiveInfinity),
        new("Humanoid", "Humanoid", HumanoidTorque, ["right_foot", "left_foot"], LowestHeight: 0.78, double.PositiveInfinity)
        {
            AliveBonus = 2,
            PowerCost = 4.25,
            ReferenceHeight = 0.8,
        },
    ];

    private static double CheetahTorque(string joint) => 0.9 * joint switch
    {
        "bthigh" => 120,
        "bshin" => 90,
        "bfoot" => 60,
        "fthigh" => 140,
        "fshin" => 60,
        "ffoot" => 30,
        _ => throw new ArgumentException($"The cheetah has no joint '{joint}'.", nameof(joint)),
    };

    private static double HumanoidTorque(string joint) => 0.41 * joint[(joint.IndexOf('_') + 1)..] switch
    {
        "shoulder1" or "shoulder2" or "elbow" => 75,
        "hip_y" => 300,
        "knee" => 200,
        _ => 100,
    };
}
