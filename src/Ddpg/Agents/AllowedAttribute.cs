using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ddpg.Agents;

/// <summary>The interval a numeric hyperparameter must lie in, written once, in mathematics' notation, for the check, the message and the list of names.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowedAttribute(string interval, string advice) : Attribute
{
    /// <summary>For example <c>(0, 1]</c>.</summary>
    public string Interval { get; } = interval;

    /// <summary>What to do about a value outside, as half a sentence.</summary>
    public string Advice { get; } = advice;
}

/// <summary>Checks a hyperparameter against its <see cref="AllowedAttribute"/>.</summary>
internal static class Allowed
{
    private static readonly FrozenDictionary<string, AllowedAttribute> Ranges = typeof(Hyperparameters).GetProperties()
        .Where(property => property.GetCustomAttribute<AllowedAttribute>() is not null)
        .ToFrozenDictionary(property => property.Name, property => property.GetCustomAttribute<AllowedAttribute>()!);

    public static string IntervalOf(string property) => Ranges.TryGetValue(property, out AllowedAttribute? range) ? range.Interval : "";

    public static double Checked(double value, [CallerMemberName] string property = "") => Contains(Ranges[property].Interval, value)
        ? value
        : throw OutOfRange(property, value.ToString("R", CultureInfo.InvariantCulture), value);

    public static int Checked(int value, [CallerMemberName] string property = "") => (int)Checked((long)value, property);

    public static long Checked(long value, [CallerMemberName] string property = "") => Contains(Ranges[property].Interval, value)
        ? value
        : throw OutOfRange(property, value.ToString(CultureInfo.InvariantCulture), value);

    public static T Known<T>(T value, [CallerMemberName] string property = "") where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ArgumentOutOfRangeException(property, value, $"{property} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");

    private static ArgumentOutOfRangeException OutOfRange(string property, string text, object value) =>
        new(property, value, $"{property} is {text}; it must lie in {Ranges[property].Interval}: {Ranges[property].Advice}.");

    private static bool Contains(string interval, double value)
    {
        string[] ends = interval[1..^1].Split(", ");
        double low = double.Parse(ends[0], CultureInfo.InvariantCulture);
        double high = double.Parse(ends[1], CultureInfo.InvariantCulture);
        // NaN fails every comparison, so it is outside of every interval.
        return (interval[0] == '[' ? value >= low : value > low) && (interval[^1] == ']' ? value <= high : value < high);
    }
}
