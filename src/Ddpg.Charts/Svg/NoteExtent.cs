namespace Ddpg.Charts;

/// <summary>Makes room on the axes for shapes and annotations that stand at data, as plotly.js does; the size of a text is estimated here and measured there.</summary>
internal static class NoteExtent
{
    // plotly.js's padding of a box without a border, and the length of its arrow heads.
    private const double Padding = 2, Head = 3;

    public static void IncludeShape(Figure figure, Members shape)
    {
        double width = shape.Child("line").Number("width") ?? 2;
        foreach (char letter in "xy")
        {
            if (AxisOf(figure, shape, letter) is not { } axis || shape.Text(letter + "sizemode") == "pixel") continue;
            foreach (string end in new[] { letter + "0", letter + "1" })
                if (axis.Place(shape.Raw(end), isLogarithm: false) is { } place) axis.Include(place, roomy: false, width / 2);
        }
    }

    public static void IncludeAnnotation(Figure figure, Members note)
    {
        var text = new RichText(note.Text("text") ?? "");
        double size = note.Child("font").Number("size") ?? 12;
        Include('x', text.Width(size) + 2 * Padding, 1);
        Include('y', text.Height(size) + 2 * Padding, -1);

        void Include(char letter, double length, double direction)
        {
            if (AxisOf(figure, note, letter) is not { } axis || axis.Place(note.Raw(letter.ToString()), isLogarithm: true) is not { } place) return;
            bool arrow = note.Flag("showarrow") ?? true;
            double head = arrow ? Head * (note.Number("arrowsize") ?? 1) * (note.Number("arrowwidth") ?? 1) : 0;
            if (arrow && note.Text("a" + letter + "ref") is { } tail and not "pixel")
            {
                axis.Include(place, roomy: false, head);
                if (tail == axis.Id && axis.Place(note.Raw("a" + letter), isLogarithm: true) is { } far) axis.Include(far, roomy: false, length / 2);
                return;
            }
            // Pixels grow downwards on a vertical axis.
            double shift = arrow ? direction * (note.Number("a" + letter) ?? (letter == 'x' ? -10 : -30)) : 0;
            double below = note.Text(letter + "anchor") switch { "left" or "bottom" => 0, "right" or "top" => length, _ => length / 2 };
            axis.Include(place, roomy: false, Math.Max(head, below - shift), Math.Max(head, length - below + shift));
        }
    }

    /// <summary>The axis whose data the thing refers to; null for the paper and for shares of an axis.</summary>
    private static Axis? AxisOf(Figure figure, Members item, char letter) =>
        (item.Text(letter + "ref") ?? letter.ToString()) is var reference && figure.Axes.FirstOrDefault(axis => axis.Id == reference) is { IsUsed: true } axis ? axis : null;
}
