namespace Ddpg.Charts;

/// <summary>A mark on an axis; a minor one has no label, a small one stands for a digit between the powers of ten of a log axis. The position is in the axis's own coordinate (log10 on a log axis, index on a category axis, milliseconds on a date axis).</summary>
internal readonly record struct Tick(double Position, string Label, bool Minor = false, bool Small = false);
