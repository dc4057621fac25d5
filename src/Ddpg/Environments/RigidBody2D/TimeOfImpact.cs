namespace Ddpg.Environments.RigidBody2D;

/// <summary>Finds when in a step a moving polygon first comes near a piece of ground, so that a fast body cannot pass through it (continuous collision).</summary>
/// <remarks>
/// Conservative advancement after Box2D 2.4: along the axis between the closest features the gap at the step's end is looked at; if it is closed there, a root
/// finder goes back to where it is just <see cref="Target"/>, and from there the closest features are looked for anew.
/// </remarks>
internal static class TimeOfImpact
{
    private const float Target = Limits.LinearSlop, Tolerance = 0.25f * Limits.LinearSlop;

    /// <summary>The part (0 to 1) of the way from the body's start to its present at which it hits; 1 when it does not.</summary>
    public static float Find(Body body, Segment ground)
    {
        float time = 0;
        for (int i = 0; i < 20; i++)
        {
            SeparationAxis axis = SeparationAxis.Closest(body, ground, time, out float distance);
            if (distance <= 0) return 1;                       // they overlap already: left to the position iterations
            if (distance < Target + Tolerance) return time;
            if (!Advance(axis, ref time)) return 1;
        }
        return time;
    }

    // False when the axis still separates the two at the end of the step. Otherwise the time goes to where the gap on this axis closes.
    private static bool Advance(SeparationAxis axis, ref float time)
    {
        float end = 1;
        for (int i = 0; i < 8; i++)
        {
            float gapAtEnd = axis.SmallestGap(end);
            if (gapAtEnd > Target + Tolerance) return end < 1 ? Reached(ref time, end) : false;
            if (gapAtEnd > Target - Tolerance) return Reached(ref time, end);

            float gapAtStart = axis.Gap(time);
            if (gapAtStart < Target - Tolerance) return false; // the root finder cannot do better
            if (gapAtStart <= Target + Tolerance) return true;
            end = FindRoot(axis, time, gapAtStart, end, gapAtEnd);
        }
        return true;
    }

    private static bool Reached(ref float time, float end)
    {
        time = end;
        return true;
    }

    // The gap between the two corners that are nearest at the end, as a function of time: secant and bisection in turn.
    private static float FindRoot(SeparationAxis axis, float low, float gapLow, float high, float gapHigh)
    {
        for (int i = 0; i < 50; i++)
        {
            float middle = (i & 1) == 1 ? low + (Target - gapLow) * (high - low) / (gapHigh - gapLow) : 0.5f * (low + high);
            float gap = axis.Gap(middle);
            if (Math.Abs(gap - Target) < Tolerance) return middle;
            if (gap > Target) (low, gapLow) = (middle, gap);
            else (high, gapHigh) = (middle, gap);
        }
        return high;
    }
}
