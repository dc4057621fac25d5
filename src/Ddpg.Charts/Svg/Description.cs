namespace Ddpg.Charts;

/// <summary>Tells in words what a chart shows, for readers who cannot see it.</summary>
internal static class Description
{
    private const int MostTraces = 12;

    public static (string Title, string Text) Of(Figure figure, RichText? title)
    {
        var sentences = new List<string>();
        foreach (Axis axis in figure.UsedAxes)
            sentences.Add($"{(axis.IsHorizontal ? "Horizontal" : "Vertical")} axis: {AxisText(axis)}.");
        sentences.AddRange(figure.Views.Take(MostTraces).Select(view => view.Describe()));
        sentences.AddRange(figure.Undrawn.Take(MostTraces).Select(trace => $"{(trace.Text("name") is { } name ? $"{name} ({Figure.Kind(trace)})" : Figure.Kind(trace))}: drawn by plotly only."));
        int more = Math.Max(0, figure.Views.Count - MostTraces) + Math.Max(0, figure.Undrawn.Count - MostTraces);
        if (more > 0) sentences.Add($"And {more} more.");
        return (title is null ? "Chart" : title.Plain, string.Join(' ', sentences));
    }

    private static string AxisText(Axis axis)
    {
        string name = axis.Title?.Plain ?? axis.Id;
        if (axis.Kind == AxisKind.Category) return $"{name}, {string.Join(", ", axis.Categories.Take(MostTraces))}";
        if (axis.Kind == AxisKind.Date) return $"{name}, from {DateText.Brief(axis.Low)} to {DateText.Brief(axis.High)}";
        return axis.Kind == AxisKind.Log
            ? $"{name}, logarithmic, from {NumberText.Brief(Math.Pow(10, axis.Low))} to {NumberText.Brief(Math.Pow(10, axis.High))}"
            : $"{name}, from {NumberText.Brief(axis.Low)} to {NumberText.Brief(axis.High)}";
    }
}
