namespace Ddpg.Environments.RigidBody2D;

/// <summary>The solver's tolerances, in metres, seconds and radians: those of Box2D 2.4, which the lunar lander was tuned with.</summary>
internal static class Limits
{
    /// <summary>How deep shapes may overlap without being pushed apart; keeps contacts from flickering.</summary>
    public const float LinearSlop = 0.005f;

    /// <summary>The same for joint limits.</summary>
    public const float AngularSlop = 2.0f / 180 * MathF.PI;

    /// <summary>The skin round each shape's corners and edges.</summary>
    public const float Skin = 2 * LinearSlop;

    /// <summary>The largest push of one position iteration.</summary>
    public const float MaxLinearCorrection = 0.2f;

    /// <summary>The largest turn of one position iteration.</summary>
    public const float MaxAngularCorrection = 8.0f / 180 * MathF.PI;

    /// <summary>The largest move of a body in one step.</summary>
    public const float MaxTranslation = 2;

    /// <summary>The largest turn of a body in one step.</summary>
    public const float MaxRotation = 0.5f * MathF.PI;

    /// <summary>The part of an overlap that a position iteration removes.</summary>
    public const float PushOut = 0.2f;

    /// <summary>The same at the moment of an impact.</summary>
    public const float ImpactPushOut = 0.75f;

    /// <summary>Impacts per contact and step.</summary>
    public const int MaxImpacts = 8;

    /// <summary>Position iterations at the moment of an impact.</summary>
    public const int ImpactIterations = 20;

    /// <summary>How long bodies must be at rest before they sleep.</summary>
    public const float TimeToSleep = 0.5f;

    /// <summary>What counts as at rest.</summary>
    public const float SleepLinearSpeed = 0.01f;

    /// <summary>What counts as at rest.</summary>
    public const float SleepAngularSpeed = 2.0f / 180 * MathF.PI;
}
