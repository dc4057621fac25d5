namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>A joint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Index of its (first) number among the positions.</param>
/// <param name="Velocity">Index of its (first) number among the velocities.</param>
/// <param name="Low">Lower limit in rad or m; NaN where there is none.</param>
/// <param name="High">Upper limit in rad or m; NaN where there is none.</param>
internal readonly record struct RobotJoint(string Name, int Position, int Velocity, double Low, double High);
