using System.Runtime.Intrinsics;

namespace Ddpg.Acceleration;

/// <summary>How many bits the kernels use at a time. Tests set it to show that results do not depend on it.</summary>
internal static class SimdWidth
{
    private static int _bits = Widest;

    internal static int Widest => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    internal static int Bits
    {
        get => _bits;
        set => _bits = value is 128 or 256 or 512 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A width is 128, 256 or 512.");
    }
}
