using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>An output that .NET Interactive makes and ours does not, for a reason that is known.</summary>
/// <param name="Cell">The cell's id; null for any.</param>
/// <param name="Kind">The output's type.</param>
/// <param name="Text">What its text or HTML contains.</param>
/// <param name="Reason">Why it is right that the two differ.</param>
internal sealed record KnownDifference(string? Cell, string Kind, string Text, string Reason)
{
    private static readonly KnownDifference[] All =
    [
        new("import", "display_data", "dotnet-interactive-this-cell", "The tool shows a script with its first cell, by which a page reaches its port; ours opens none."),
        new(null, "stream", "'Microsoft.AspNetCore.Html.Abstractions, Version=2.3.0.0", "CS1701 or CS1702 of the two versions that upstream itself has of what HTML(…) returns: a cell that calls it prints that, whatever the kit does."),
    ];

    /// <summary>The outputs less those that are known.</summary>
    public static JsonArray TakeFrom(JsonArray outputs, string cell) => [.. outputs.Where(output => !All.Any(known => known.Is(output!, cell))).Select(output => output!.DeepClone())];

    private bool Is(JsonNode output, string cell) =>
        (Cell is null || Cell == cell) && (string?)output["output_type"] == Kind && NotebookText.Join(output["text"] ?? output["data"]?["text/html"]).Contains(Text, StringComparison.Ordinal);
}
