using System.Globalization;

namespace Ddpg.Experiments;

/// <summary>A part of a sweep, for one of several machines: every n-th cell from the i-th on. The default is the whole.</summary>
/// <param name="Index">i, from 0.</param>
/// <param name="Count">n; 0 for the whole.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>Whether this is all of the sweep.</summary>
    public bool IsWhole => Count <= 1;

    /// <summary>Whether the cell at <paramref name="position"/> of the grid belongs to this part.</summary>
    public bool Has(int position) => IsWhole || position % Count == Index;

    internal string FileSuffix => IsWhole ? "" : string.Create(CultureInfo.InvariantCulture, $"-{Index + 1}-of-{Count}");

    /// <summary>Reads <c>i/n</c>, i from 1.</summary>
    /// <exception cref="FormatException">The text is no shard.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [string index, string count] && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && i >= 1 && i <= n
            ? new Shard(i - 1, n) : throw new FormatException($"'{text}' is no shard; write i/n with i from 1 to n, for example 2/4.");
    }

    /// <summary>For example <c>2/4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index + 1}/{Math.Max(1, Count)}");
}
