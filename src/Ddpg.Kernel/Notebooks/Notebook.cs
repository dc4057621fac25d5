using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ddpg.Kernel.Notebooks;

/// <summary>A Jupyter notebook, nbformat 4: its JSON as read, unknown members and their order kept, and the cells as views of it.</summary>
internal sealed class Notebook
{
    private readonly JsonObject _root;
    private readonly NotebookFormat _format;

    private Notebook(JsonObject root, NotebookFormat format)
    {
        _root = root;
        _format = format;
    }

    internal IReadOnlyList<NotebookCell> Cells => [.. ((JsonArray)_root["cells"]!).Select(cell => new NotebookCell((JsonObject)cell!))];

    /// <summary>The first heading, else null.</summary>
    internal string? Title => Cells.Where(cell => !cell.IsCode).SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    /// <exception cref="NotebookException">There is no such file, or it is not a notebook; the message says which and where.</exception>
    internal static Notebook Load(string path)
    {
        if (Directory.Exists(path)) throw new NotebookException($"{path}: a folder, not a notebook. Name the .ipynb files to run.");
        if (!File.Exists(path)) throw new NotebookException($"{path}: there is no such file.");
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path}: cannot be read: {exception.Message}");
        }

        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        bool hasMark = bytes.AsSpan().StartsWith(mark);
        return Parse(Encoding.UTF8.GetString(bytes.AsSpan(hasMark ? 3 : 0)), path, hasMark);
    }

    internal static Notebook Parse(string text, string path = "notebook", bool hasByteOrderMark = false)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text);
            Check(node);
        }
        catch (InvalidOperationException)
        {
            throw new NotebookException($"{path}: not a notebook: a text in it has half of a character (a lone surrogate, \\ud800 to \\udfff), as editors leave it that cut an emoji in two. Find the escape and delete it.");
        }
        catch (ArgumentException)
        {
            throw new NotebookException($"{path}: not a notebook: an object in it has the same name twice.");
        }
        catch (JsonException exception)
        {
            throw new NotebookException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: not a notebook: bad JSON in line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }

        if (node is not JsonObject root || root["cells"] is not JsonArray cells || cells.Any(cell => cell is not JsonObject member || NotebookText.Of(member["cell_type"]) is null))
            throw new NotebookException($"{path}: not a notebook: it is JSON, but has no \"cells\" as nbformat 4 wants them.");
        if (NotebookText.IntegerOf(root["nbformat"]) is not 4)
            throw new NotebookException($"{path}: nbformat {root["nbformat"]?.ToJsonString() ?? "(none)"} is not supported; open the notebook in Jupyter and save it as nbformat 4.");
        for (int index = 0; index < cells.Count; index++)
        {
            if (cells[index]!["source"] is null || NotebookRepair.IsText(cells[index]!["source"])) continue;
            throw new NotebookException($"{path}: not a notebook: the source of cell {index + 1} is neither a text nor a list of lines.");
        }

        NotebookRepair.Apply(root);
        return new(root, NotebookFormat.Of(text, hasByteOrderMark));
    }

    // JSON is read as it is asked for: what cannot be a text or an object shows then only, in the middle of a run.
    internal static void Check(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach ((_, JsonNode? member) in members) Check(member);
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items) Check(item);
        }
        else if (node?.GetValueKind() == JsonValueKind.String) node.GetValue<string>();
    }

    /// <summary>The file's text, written the way the file was.</summary>
    internal string ToText() => _format.Write(_root);

    internal byte[] ToBytes() => [.. _format.HasByteOrderMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(ToText())];

    internal NotebookCell InsertCodeCell(int index, string source, string tag)
    {
        var cell = new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = IdOf(tag + "\n" + source),
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) },
            ["outputs"] = new JsonArray(),
            ["source"] = NotebookText.Lines(source),
        };
        ((JsonArray)_root["cells"]!).Insert(index, cell);
        return new(cell);
    }

    /// <summary>Adds what Jupyter and Polyglot Notebooks look for to open the notebook with no question, and ids (from the content) where cells lack them.</summary>
    internal void Complete()
    {
        if (_root["metadata"] is not JsonObject metadata) _root["metadata"] = metadata = [];
        metadata.TryAdd("kernelspec", new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" });
        metadata.TryAdd("language_info", new JsonObject
        {
            ["file_extension"] = ".cs",
            ["mimetype"] = "text/x-csharp",
            ["name"] = "C#",
            ["pygments_lexer"] = "csharp",
            ["version"] = "13.0",
        });
        metadata.TryAdd("polyglot_notebook", new JsonObject
        {
            ["kernelInfo"] = new JsonObject
            {
                ["defaultKernelName"] = "csharp",
                ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = "csharp" }),
            },
        });
        if (NotebookText.IntegerOf(_root["nbformat_minor"]) is not >= 5) _root["nbformat_minor"] = 5;
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject cell in ((JsonArray)_root["cells"]!).Cast<JsonObject>())
        {
            string id = NotebookText.Of(cell["id"]) ?? IdOf(new NotebookCell(cell).Source);
            for (int copy = 2; !used.Add(id); copy++)
                id = string.Create(CultureInfo.InvariantCulture, $"{IdOf(new NotebookCell(cell).Source)}-{copy}");
            if (NotebookText.Of(cell["id"]) != id) cell["id"] = id;
        }
    }

    internal static string IdOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..8];
}

/// <summary>A file that cannot be run as a notebook; the message is for the reader.</summary>
internal sealed class NotebookException(string message) : Exception(message);
