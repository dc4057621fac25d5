namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>Where the fields of mjData are, in bytes from its start, in the library at hand. Each field but the time is a pointer to doubles.</summary>
internal sealed record DataLayout
{
    /// <summary>Simulated time in s; the number itself, not a pointer.</summary>
    public required int Time { get; init; }

    /// <summary>Positions.</summary>
    public required int Qpos { get; init; }

    /// <summary>Velocities.</summary>
    public required int Qvel { get; init; }

    /// <summary>Controls.</summary>
    public required int Ctrl { get; init; }

    /// <summary>The acceleration that the next solve starts from.</summary>
    public required int Warmstart { get; init; }

    /// <summary>Bodies' origins, 3 each, the world first.</summary>
    public required int BodyPositions { get; init; }

    /// <summary>Bodies' centres of mass, 3 each.</summary>
    public required int BodyCenters { get; init; }

    /// <summary>Geoms' centres, 3 each.</summary>
    public required int GeomPositions { get; init; }

    /// <summary>Geoms' orientations, 9 each, row by row.</summary>
    public required int GeomOrientations { get; init; }

    /// <summary>Sites, 3 each.</summary>
    public required int SitePositions { get; init; }

    /// <summary>Bodies' inertias about their tree's centre of mass, 10 each; the last is the mass.</summary>
    public required int BodyInertias { get; init; }

    /// <summary>Bodies' velocities, rotation then translation, 6 each.</summary>
    public required int BodyVelocities { get; init; }

    /// <summary>Actuators' forces on the degrees of freedom.</summary>
    public required int ActuatorForces { get; init; }

    /// <summary>Constraints' forces on the degrees of freedom.</summary>
    public required int ConstraintForces { get; init; }

    /// <summary>External forces on the bodies, torque then force, 6 each; zero until mj_rnePostConstraint.</summary>
    public required int ExternalForces { get; init; }
}
