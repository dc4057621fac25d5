using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

/// <summary>exp and tanh of floats from +, −, ×, ÷ and fused multiply-add alone: the same bits at every vector width and on every machine.</summary>
internal static class FloatMath
{
    private const double Log2E = 1.44269504088896341;
    private const double Ln2High = 0.693359375;
    private const double Ln2Low = -2.12194440054690583e-4;

    /// <summary>Bits of a float less those of a are close to the bits of 1/a.</summary>
    internal const int SeedBits = 0x7EF311C7;

    /// <summary>Two steps of third order bring the seed of 1/b to full precision; a last one corrects the quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V QuickDivide<V>(V a, V b) where V : struct, IVec<V>
    {
        V y = V.ReciprocalSeed(b);
        V e = V.Fma(-b, y, V.Of(1));
        y = V.Fma(y, V.Fma(e, e, e), y);
        e = V.Fma(-b, y, V.Of(1));
        y = V.Fma(y, V.Fma(e, e, e), y);
        V q = a * y;
        return V.Fma(V.Fma(-b, q, a), y, q);
    }

    /// <summary>e^x = 2ⁿ·e^r with |r| ≤ ½ ln 2, and e^r by its series; error below 1 unit in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Exp<V>(V x) where V : struct, IVec<V>
    {
        x = V.Choose(V.Less(x, V.Of(-104)), V.Of(-104), x);
        x = V.Choose(V.Less(V.Of(104), x), V.Of(104), x);
        V n = V.Round(x * V.Of(Log2E));
        V r = V.Fma(n, V.Of(-Ln2High), x);
        r = V.Fma(n, V.Of(-Ln2Low), r);
        V p = V.Of(1.0 / 5040);
        p = V.Fma(p, r, V.Of(1.0 / 720));
        p = V.Fma(p, r, V.Of(1.0 / 120));
        p = V.Fma(p, r, V.Of(1.0 / 24));
        p = V.Fma(p, r, V.Of(1.0 / 6));
        p = V.Fma(p, r, V.Of(0.5));
        p = V.Fma(p, r, V.Of(1));
        p = V.Fma(p, r, V.Of(1));
        // In two steps, so that the results near the largest and smallest floats stay right.
        V half = V.Floor(n * V.Of(0.5));
        return p * V.PowerOfTwo(half) * V.PowerOfTwo(n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Tanh<V>(V x) where V : struct, IVec<V>
    {
        V a = V.Abs(x);
        V z = x * x;
        V p = V.Of(-5.70498872745e-3);
        p = V.Fma(p, z, V.Of(2.06390887954e-2));
        p = V.Fma(p, z, V.Of(-5.37397155531e-2));
        p = V.Fma(p, z, V.Of(1.33314422036e-1));
        p = V.Fma(p, z, V.Of(-3.33332819422e-1));
        V small = V.Fma(p * z, x, x);
        V large = V.Of(1) - (V.Of(2) / (Exp(a + a) + V.Of(1)));
        large = V.Choose(V.Less(x, V.Of(0)), -large, large);
        return V.Choose(V.Less(a, V.Of(0.625)), small, large);
    }
}
