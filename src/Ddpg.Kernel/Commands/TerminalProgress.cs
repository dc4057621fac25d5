using System.Globalization;
using Ddpg.Kernel.Notebooks;
using Spectre.Console;

namespace Ddpg.Kernel.Commands;

/// <summary>A line a cell in the terminal: when it started, how long it took, how it ended.</summary>
internal sealed class TerminalProgress(IAnsiConsole console) : IRunProgress
{
    private const int WidthBesideSource = 36;
    private const int LongestSource = 80;

    public void CellStarted(int number, int count, NotebookCell cell)
    {
        // Overwritten when the cell ends; in a log file there would be nothing to overwrite.
        if (console.Profile.Capabilities.Interactive) console.Markup($"[grey]{Prefix(number, count)} …[/] {Markup.Escape(FirstLine(cell))}\r");
    }

    public void CellEnded(int number, int count, NotebookCell cell, TimeSpan took, CellFailure? failure)
    {
        string mark = failure is null ? "[green]ok[/] " : failure.WasInterrupted ? "[yellow]stop[/]" : "[red]FAIL[/]";
        string time = took.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        console.MarkupLine($"{Prefix(number, count)} {mark} [grey]{time,6} s[/]  {Markup.Escape(FirstLine(cell))}");
    }

    private static string Prefix(int number, int count) => string.Create(CultureInfo.InvariantCulture, $"  cell {number,3}/{count}");

    private string FirstLine(NotebookCell cell)
    {
        int width = Math.Clamp(console.Profile.Width - WidthBesideSource, 10, LongestSource);
        string line = cell.Source.Split('\n').Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0 && !text.StartsWith("//", StringComparison.Ordinal)) ?? "";
        return line.Length <= width ? line : string.Concat(line.AsSpan(0, width - 1), "…");
    }
}
