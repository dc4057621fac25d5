using System.CommandLine;
using Ddpg.Kernel.Notebooks;
using Ddpg.Kernel.Pages;

namespace Ddpg.Kernel.Commands;

/// <summary><c>book FOLDER</c>: a folder of notebooks, with their saved outputs, as pages to read; nothing is run.</summary>
internal static class BookCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder with the notebooks; those of the folders in it come too." };
        var output = new Option<string?>("--output", "-o") { Description = "Folder for the book. Default: artifacts/book of the repository." };
        var title = new Option<string?>("--title") { Description = "The book's title. Default: the heading of the repository's README.md, else the folder's name." };
        var command = new Command("book", "Write all notebooks of a folder as one book of HTML pages with the outputs that they hold, running nothing.") { folder, output, title };
        command.SetAction(result => RunAsync(result.GetRequiredValue(folder), result.GetValue(output), result.GetValue(title), Console.Out, Console.Error));
        return command;
    }

    /// <returns>The exit code: 0 all well, 2 a notebook that cannot be read or a page that cannot be written.</returns>
    internal static async Task<int> RunAsync(string folder, string? output, string? title, TextWriter written, TextWriter errors)
    {
        try
        {
            string root = Directory.Exists(folder) ? RunPaths.RepositoryRoot(Path.Combine(folder, "index.ipynb")) : "";
            Book book = new(folder, title ?? HeadingOf(Path.Combine(root, "README.md")));
            string target = Path.GetFullPath(output ?? Path.Combine(root, "artifacts", "book"));
            string? plotly = book.NeedsPlotly ? await PlotlyScript.FindAsync(root).ConfigureAwait(false) : null;
            int pages = book.Write(target, plotly);
            await written.WriteLineAsync($"wrote {RunPaths.ForReader(Path.Combine(target, "index.html"))} and {pages} pages").ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception) when (exception is NotebookException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"error: {exception.Message}").ConfigureAwait(false);
            return 2;
        }
    }

    private static string? HeadingOf(string file) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() : null;
}
