using Ddpg.Randomness;

namespace Ddpg.Tests.Randomness;

[Trait("Speed", "tiny")]
public sealed class PhiloxTests
{
    /// <summary>The three known answers for philox4x32-10 that come with Random123 (its file kat_vectors).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Gives_the_known_answers(
        uint x0, uint x1, uint x2, uint x3, uint key0, uint key1, uint expected0, uint expected1, uint expected2, uint expected3) =>
        Assert.Equal((expected0, expected1, expected2, expected3), Philox.Block(x0, x1, x2, x3, key0, key1));
}
