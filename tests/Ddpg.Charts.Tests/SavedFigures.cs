using System.Text.Json.Nodes;

namespace Ddpg.Charts.Tests;

/// <summary>The figures that the notebooks have saved.</summary>
public static class SavedFigures
{
    /// <summary>Name and JSON of each: <c>03-policy-gradient 7</c> is the seventh of that notebook.</summary>
    public static IEnumerable<(string Name, JsonObject Figure)> All()
    {
        string notebooks = Path.Combine(GoldenText.Folder, "..", "..", "..", "notebooks");
        foreach (string file in Directory.EnumerateFiles(notebooks, "*.ipynb", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            IEnumerable<JsonNode?> outputs = JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? []);
            int count = 0;
            foreach (JsonObject figure in outputs.Select(output => output!["data"]?[PlotlyFigure.JsonType]).OfType<JsonObject>())
                yield return ($"{Path.GetFileNameWithoutExtension(file)} {++count}", figure);
        }
    }

    /// <summary>The figure as the kit draws it: without the theme and the room that it adds to what the chart itself sets.</summary>
    public static PlotlyFigure Read(JsonObject figure)
    {
        var data = (object?[])FigureReader.Parse(figure["data"]!.ToJsonString())!;
        var layout = (Members)FigureReader.Parse(figure["layout"]!.ToJsonString())!;
        layout.Remove("template");
        if (layout.Child("margin") is var margin && (margin.Number("l"), margin.Number("r"), margin.Number("b")) == (24, 24, 24)) layout.Remove("margin");
        return new PlotlyFigure([.. data.OfType<Members>()], layout, 900, 500);
    }
}
