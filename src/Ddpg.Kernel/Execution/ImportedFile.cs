using System.Globalization;
using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Execution;

/// <summary>What <c>#!import</c> reads: scripts, notebooks, and markup.</summary>
internal static class ImportedFile
{
    /// <summary>The file's cells in order, and whether each is code (which may have magics of its own) or markup to show.</summary>
    internal static IEnumerable<(string Text, bool IsCode)> Read(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".ipynb" => CodeCellsOf(file).Select(source => (source, true)),
        ".dib" => [(WithoutMeta(File.ReadAllText(file)), true)],
        ".html" or ".js" => [(File.ReadAllText(file), false)],
        ".csx" or ".cs" => [(File.ReadAllText(file), true)],
        string extension => throw new ArgumentException($"#!import cannot read '{extension}' files ({Path.GetFileName(file)}); it reads .csx, .cs, .ipynb, .dib, .html and .js."),
    };

    internal static CellPart AsMarkup(string file, string text) =>
        new(file.EndsWith(".js", StringComparison.OrdinalIgnoreCase) ? CellPartKind.JavaScript : CellPartKind.Html, text, "", 1);

    internal static CellError Missing(string name, int line)
    {
        bool isKit = name.Replace('\\', '/').EndsWith("kit/setup.csx", StringComparison.OrdinalIgnoreCase);
        string advice = isKit ? " The kit is not built yet: run `dotnet build -c Release src/Ddpg` in the repository's folder, then run this cell again." : " The path starts at the notebook's folder.";
        string message = $"#!import \"{name}\": the file does not exist.{advice}";
        string diagnostic = string.Create(CultureInfo.InvariantCulture, $"({line},1): error: {message}");
        return new("Error", message, [diagnostic], [diagnostic], line, $"#!import {name}");
    }

    private static IEnumerable<string> CodeCellsOf(string file)
    {
        JsonArray cells = JsonNode.Parse(File.ReadAllText(file))?["cells"] as JsonArray
            ?? throw new InvalidDataException($"{Path.GetFileName(file)} is not a notebook: it has no \"cells\".");
        return cells.Where(cell => (string?)cell?["cell_type"] == "code")
            .Select(cell => cell!["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)cell["source"] ?? "");
    }

    /// <summary>A .dib file is one text with language magics; its leading <c>#!meta</c> block is JSON for editors.</summary>
    private static string WithoutMeta(string text)
    {
        string[] lines = MagicParser.SplitLines(text);
        bool isMeta = false;
        return string.Join('\n', lines.Select(line =>
        {
            if (line.StartsWith("#!", StringComparison.Ordinal)) isMeta = line.Trim() == "#!meta";
            return isMeta ? "" : line;
        }));
    }
}
