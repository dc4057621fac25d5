namespace Ddpg.Randomness;

/// <summary>All there is to know of a <see cref="SeededRandom"/>: with it the generator goes on exactly where it was.</summary>
/// <param name="Seed">The root seed.</param>
/// <param name="Stream">The stream drawn from.</param>
/// <param name="Position">How many 64-bit numbers have been drawn.</param>
/// <param name="SpareNormal">The second normal number of the last pair, when it has not been used yet.</param>
public readonly record struct RandomState(ulong Seed, RandomStream Stream, ulong Position, double? SpareNormal);
