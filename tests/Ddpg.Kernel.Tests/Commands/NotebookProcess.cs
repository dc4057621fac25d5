using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Kernel.Tests.Commands;

/// <summary><c>ddpg-kernel run</c> of a few cells, as a process of its own.</summary>
internal static class NotebookProcess
{
    /// <returns>The exit code, all that the process wrote, and the notebook with its outputs; null where none was written.</returns>
    internal static (int Exit, string Output, Notebook? Executed) Run(string folder, params string[] cells)
    {
        string path = Path.Combine(folder, "n.ipynb");
        JsonArray array = [.. cells.Select((code, index) => new JsonObject
        {
            ["cell_type"] = "code", ["id"] = $"c{index}", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = code,
        })];
        var metadata = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)", ["language"] = "C#" } };
        File.WriteAllText(path, new JsonObject { ["cells"] = array, ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString());
        string results = Path.Combine(folder, "out");
        (int exit, string output) = InstalledKernel.Run(["run", path, "--no-html", "--output", results], null, folder: folder);
        string executed = Path.Combine(results, "n.ipynb");
        return (exit, output, File.Exists(executed) ? Notebook.Load(executed) : null);
    }
}
