using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;
using KernelCell = Ddpg.Kernel.Notebooks.NotebookCell;
using KernelNotebook = Ddpg.Kernel.Notebooks.Notebook;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>The claims of a notebook as cells of their own, so that any front end evaluates them: each check follows its cell in a copy that is run instead of the notebook.</summary>
internal static class ClaimChecks
{
    private const string Tag = "claim-check";

    /// <summary>Writes the copy: the notebook and, after each cell with claims, a cell for each, which may fail without ending the run.</summary>
    public static void WriteCopy(string notebook, string copy)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(notebook))!;
        var cells = new JsonArray();
        foreach (JsonNode cell in root["cells"]!.AsArray().Select(cell => cell!.DeepClone()))
        {
            cells.Add(cell);
            IReadOnlyList<Claim> claims = Claim.Of(new KernelCell(cell.AsObject()));
            for (int i = 0; i < claims.Count; i++)
                cells.Add(CellOf(claims[i], i));
        }
        root["cells"] = cells;
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.WriteAllText(copy, root.ToJsonString());
    }

    /// <summary>Whether the cell of an executed copy is a check and no cell of the notebook.</summary>
    public static bool IsCheck(KernelCell cell) => cell.Tags.Contains(Tag);

    /// <summary>The claims that did not hold, or were not evaluated: cell, condition, and what is known of why.</summary>
    public static IReadOnlyList<string> Failures(string notebook, string executedCopy)
    {
        Dictionary<string, KernelCell> checks = KernelNotebook.Load(executedCopy).Cells.Where(IsCheck).ToDictionary(cell => cell.Id);
        return [.. KernelNotebook.Load(notebook).Cells.SelectMany(cell => Claim.Of(cell).Select((claim, index) => (claim, why: WhyNot(checks, claim, index))))
            .Where(result => result.why is not null).Select(result => $"cell {result.claim.CellId}: {result.claim}: {result.why}")];
    }

    private static string? WhyNot(Dictionary<string, KernelCell> checks, Claim claim, int index)
    {
        if (!checks.TryGetValue(IdOf(claim, index), out KernelCell? check) || check.ExecutionCount is null) return "was not evaluated";
        JsonNode? error = check.Outputs.FirstOrDefault(output => (string?)output!["output_type"] == "error");
        // What the compiler said of it is in a stream.
        return error is null ? null : string.Join(' ', [(string?)error["evalue"], .. check.Outputs.Select(output => NotebookText.Join(output!["text"]).Trim())]).Trim();
    }

    private static JsonObject CellOf(Claim claim, int index) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = IdOf(claim, index),
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray(Tag, "raises-exception") },
        ["outputs"] = new JsonArray(),
        ["source"] = claim.Check,
    };

    private static string IdOf(Claim claim, int index) => $"{claim.CellId}-claim-{index + 1}";
}
