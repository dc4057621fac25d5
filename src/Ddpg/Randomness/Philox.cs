namespace Ddpg.Randomness;

/// <summary>Philox4x32-10: a keyed bijection of 128-bit counters whose outputs pass the known statistical tests.</summary>
/// <remarks>Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. Counter-based: block n needs no other block.</remarks>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;   // golden ratio and √3 − 1, as fractions of 2³²

    /// <summary>The block of 128 random bits that belongs to a counter and a key; words in the order of Random123.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint x0, uint x1, uint x2, uint x3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x0, product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ key1, (uint)product0);
            key0 = unchecked(key0 + Weyl0);
            key1 = unchecked(key1 + Weyl1);
        }
        return (x0, x1, x2, x3);
    }
}
