namespace Ddpg.Charts;

/// <summary>The types of axes that plotly.js chooses from; a date axis counts milliseconds since 1970 in UTC.</summary>
internal enum AxisKind
{
    Linear,
    Log,
    Date,
    Category,
}
