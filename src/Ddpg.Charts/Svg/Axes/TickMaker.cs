namespace Ddpg.Charts;

/// <summary>Ticks at round numbers.</summary>
internal static class TickMaker
{
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    /// <summary>The smallest of 1, 2, 5 times a power of ten that puts no more than <paramref name="most"/> ticks on the range.</summary>
    public static double Step(double low, double high, int most)
    {
        double rough = (high - low) / Math.Max(1, most);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * RoundSteps.First(step => step * power >= rough * (1 - 1e-9));
    }

    public static List<Tick> Linear(double low, double high, double origin, double step, Func<double, double, string> label)
    {
        var ticks = new List<Tick>();
        double slack = (high - low) * 1e-6;
        // Counted from the origin, so that no error accumulates; capped, so that a reader's tiny dtick cannot fill the memory.
        double first = Math.Ceiling((low - slack - origin) / step);
        for (int index = 0; index < 500; index++)
        {
            double value = origin + (first + index) * step;
            if (value > high + slack) break;
            ticks.Add(new Tick(value, label(value, step)));
        }
        return ticks;
    }

    /// <summary>Decades, each with the eight unlabelled marks that make a log axis readable; on a short range 2 and 5 have labels too.</summary>
    /// <param name="low">log10 of the lower end.</param>
    /// <param name="high">log10 of the upper end.</param>
    /// <param name="most">The number of labels that fit.</param>
    /// <param name="label">Writes a value.</param>
    public static List<Tick> Log(double low, double high, int most, Func<double, double, string> label)
    {
        double decades = high - low;
        int every = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, most)));
        bool few = decades < 1.6;
        var ticks = new List<Tick>();
        for (int exponent = (int)Math.Floor(low - 1e-9); exponent <= Math.Ceiling(high); exponent++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double value = digit * Math.Pow(10, exponent), position = Math.Log10(value);
                if (position < low - 1e-9 || position > high + 1e-9) continue;
                bool labelled = digit == 1 ? exponent % every == 0 : few && digit is 2 or 5 && few;
                if (labelled) ticks.Add(new Tick(position, label(value, Math.Pow(10, exponent))));
                else if (every == 1 || digit == 1) ticks.Add(new Tick(position, "", Minor: true));
            }
        }
        return ticks;
    }
}
