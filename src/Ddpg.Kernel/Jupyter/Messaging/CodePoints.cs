using System.Text;

namespace Ddpg.Kernel.Jupyter.Messaging;

/// <summary>Jupyter counts positions in Unicode code points, .NET in UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The index in the string of a position of the protocol; beyond the end is the end.</summary>
    public static int ToIndex(string text, int position)
    {
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (position-- <= 0) break;
            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    /// <summary>The protocol's position of an index in the string.</summary>
    public static int FromIndex(string text, int index)
    {
        int position = 0;
        foreach (Rune _ in text.AsSpan(0, index).EnumerateRunes()) position++;
        return position;
    }
}
