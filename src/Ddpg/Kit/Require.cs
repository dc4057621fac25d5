using System.Runtime.CompilerServices;

namespace Ddpg;

/// <summary>What a notebook requires of the values that its reader may change: asked once, in the cell below them, before anything is trained.</summary>
public static class Require
{
    /// <summary>Refuses a value outside [<paramref name="low"/>, <paramref name="high"/>]; both ends are allowed, NaN never is.</summary>
    /// <param name="value">The reader's value, an integer or a number.</param>
    /// <param name="low">Smallest value allowed.</param>
    /// <param name="high">Largest value allowed.</param>
    /// <param name="name">What the error calls the value; left out, the argument as it is written in the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or outside the range; the message names the range, the parameter and the value.</exception>
    public static void InRange(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value >= low && value <= high) return; // NaN goes on, and is refused
        throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Range: [{low}, {high}]."));
    }
}
