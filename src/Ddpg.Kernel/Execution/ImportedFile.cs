using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Execution;

/// <summary>What <c>#!import</c> reads: scripts, notebooks, and markup.</summary>
internal static class ImportedFile
{
    /// <summary>The file's cells in order, and whether each is code (which may have magics of its own) or markup to show.</summary>
    internal static IEnumerable<(string Text, bool IsCode)> Read(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".ipynb" => Notebook.Parse(File.ReadAllText(file), Path.GetFileName(file)).Cells.Where(cell => cell.IsCode).Select(cell => (cell.Source, true)),
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
        return CellError.At(line, $"#!import {name}", $"#!import \"{name}\": the file does not exist.{advice}");
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
