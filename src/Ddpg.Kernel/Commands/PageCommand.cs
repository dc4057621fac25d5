using System.CommandLine;
using System.Text;
using Ddpg.Kernel.Notebooks;
using Ddpg.Kernel.Pages;

namespace Ddpg.Kernel.Commands;

/// <summary><c>page NOTEBOOK…</c>: the HTML page of a notebook's saved outputs; nothing is run.</summary>
internal static class PageCommand
{
    internal static Command Create()
    {
        var notebooks = new Argument<string[]>("notebook") { Description = "The .ipynb files.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o") { Description = "Folder for the pages. Default: artifacts/executed of the repository." };
        var command = new Command("page", "Write an HTML page of each notebook with the outputs that it holds, running nothing.") { notebooks, output };
        command.SetAction(result => RunAsync(result.GetRequiredValue(notebooks), result.GetValue(output), Console.Out, Console.Error));
        return command;
    }

    /// <returns>The exit code: 0 all well, 2 a notebook that cannot be read or a page that cannot be written.</returns>
    internal static async Task<int> RunAsync(IReadOnlyList<string> notebooks, string? output, TextWriter written, TextWriter errors)
    {
        try
        {
            foreach (string path in notebooks)
            {
                Notebook notebook = Notebook.Load(path);
                string page = await WriteAsync(notebook, path, RunPaths.Executed(path, output)).ConfigureAwait(false);
                await written.WriteLineAsync($"wrote {RunPaths.ForReader(page)}").ConfigureAwait(false);
            }

            return 0;
        }
        catch (Exception exception) when (exception is NotebookException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"error: {exception.Message}").ConfigureAwait(false);
            return 2;
        }
    }

    /// <summary>Writes the page beside the executed notebook; returns its path.</summary>
    /// <param name="notebook">With the outputs to show.</param>
    /// <param name="path">Where the notebook itself lies: its pictures are found from there.</param>
    /// <param name="executed">Where its executed copy lies, or would.</param>
    internal static async Task<string> WriteAsync(Notebook notebook, string path, string executed)
    {
        string page = Path.ChangeExtension(executed, ".html");
        string? plotly = PlotlyScript.IsNeededBy(notebook) ? await PlotlyScript.FindAsync(RunPaths.RepositoryRoot(path)).ConfigureAwait(false) : null;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AtomicFile.Write(page, Encoding.UTF8.GetBytes(new NotebookPage(notebook, Path.GetFileNameWithoutExtension(path), plotly, folder).Render()));
        return page;
    }
}
