using System.Text;
using Ddpg.Environments;

namespace Ddpg.Viewing;

/// <summary>
/// Writes frames compactly, for the player's script to read: what all frames begin with is written once; a number is two letters of base 64.
/// A shape is its kind, its style, how many numbers follow, and these.
/// </summary>
internal sealed class FrameCode(DrawingBounds bounds)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int Largest = 4095;
    private readonly Dictionary<DrawingStyle, int> _styles = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public IEnumerable<DrawingStyle> Styles => _styles.Keys;

    public IEnumerable<string> Texts => _texts.Keys;

    /// <summary>How many shapes, from the first, all frames share.</summary>
    public static int SharedCount(IReadOnlyList<EpisodeFrame> frames)
    {
        int shared = frames.Min(frame => frame.Shapes.Count);
        foreach (EpisodeFrame frame in frames)
        {
            int same = 0;
            while (same < shared && frame.Shapes[same].IsSame(frames[0].Shapes[same])) same++;
            shared = same;
        }
        return shared;
    }

    public string Encode(IEnumerable<DrawnShape> shapes)
    {
        var code = new StringBuilder();
        foreach (DrawnShape shape in shapes)
        {
            code.Append(shape.Kind);
            Append(code, Index(_styles, shape.Style));
            if (shape.Kind == 't')
            {
                Append(code, 3);
                AppendPoint(code, shape.Numbers[0], shape.Numbers[1]);
                Append(code, Index(_texts, shape.Text));
            }
            else if (shape.Kind == 'c')
            {
                Append(code, 3);
                AppendPoint(code, shape.Numbers[0], shape.Numbers[1]);
                Append(code, (int)Math.Round(shape.Numbers[2] / (2 * (bounds.MaxX - bounds.MinX)) * Largest));
            }
            else
            {
                // The count has two letters too.
                int numbers = Math.Min(shape.Numbers.Length, Largest - 1) & ~1;
                Append(code, numbers);
                for (int at = 0; at < numbers; at += 2)
                    AppendPoint(code, shape.Numbers[at], shape.Numbers[at + 1]);
            }
        }
        return code.ToString();
    }

    private static int Index<T>(Dictionary<T, int> table, T item) where T : notnull
    {
        if (!table.TryGetValue(item, out int index)) table[item] = index = table.Count;
        return index;
    }

    // Half a picture beyond each edge can be written, so that what leaves the picture keeps its slope.
    private void AppendPoint(StringBuilder code, double x, double y)
    {
        Append(code, Part(x, bounds.MinX, bounds.MaxX));
        Append(code, Part(y, bounds.MinY, bounds.MaxY));
    }

    private static int Part(double value, double low, double high) => (int)Math.Round(((value - low) / (high - low) + 0.5) / 2 * Largest);

    private static void Append(StringBuilder code, int number)
    {
        number = Math.Clamp(number, 0, Largest);
        code.Append(Letters[number >> 6]).Append(Letters[number & 63]);
    }
}
