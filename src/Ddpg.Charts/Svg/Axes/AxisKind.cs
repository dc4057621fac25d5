namespace Ddpg.Charts;

internal enum AxisKind
{
    Linear,
    Log,
    Category,
}
