namespace Ddpg.Experiments;

/// <summary>A return that gives others their meaning.</summary>
/// <param name="Name">What scores it.</param>
/// <param name="Value">The mean episode return.</param>
/// <param name="Spread">Its standard deviation, if the source gives one.</param>
/// <param name="Source">Who measured it, how.</param>
public sealed record Anchor(string Name, double Value, double? Spread, string Source);
