using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Tests.Commands;

/// <summary>What a cell does to the whole process, seen from outside: <c>ddpg-kernel run</c> as a process of its own.</summary>
public sealed class ProcessEndTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("process");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Environment.Exit(0);", "Environment.Exit(0) would end the kernel")]
    [InlineData("System.Environment.Exit(3);", "Environment.Exit(3) would end the kernel")]
    [InlineData("void Leave(Action<int> how) => how(0); Leave(Environment.Exit);", "Environment.Exit(0) would end the kernel")]
    [InlineData("Environment.FailFast(\"over\");", "Environment.FailFast(\"over\") would end the kernel")]
    public void A_cell_that_ends_the_process_fails_and_the_next_do_not_run(string code, string message)
    {
        (int exit, string output, Notebook? executed) = Run(code, "Console.Write(\"next\");");
        Assert.Equal(1, exit);
        Assert.Contains("cell 1, line 1 failed", output);
        Assert.Contains(message, output);
        Assert.Equal("error", (string?)executed!.Cells[0].Outputs[^1]!["output_type"]);
        Assert.Empty(executed.Cells[1].Outputs);
    }

    [Fact]
    public void A_library_that_ends_the_process_makes_the_run_fail()
    {
        string library = TestLibrary.Compile(Path.Combine(_folder.Path, "quitter.dll"), "public static class Quitter { public static void Quit() => System.Environment.Exit(0); }");
        (int exit, string output, _) = Run($"#r \"{library.Replace('\\', '/')}\"", "Quitter.Quit();");
        Assert.Equal(1, exit);
        Assert.Contains("This cell has ended the process", output);
    }

    [Fact]
    public void The_exit_code_is_the_runs_own()
    {
        (int exit, _, Notebook? executed) = Run("Environment.ExitCode = 5;", "Environment.ExitCode");
        Assert.Equal(0, exit);
        Assert.Equal("0", Result(executed!, 1));
    }

    [Fact]
    public void Folder_cultures_and_console_are_as_before_in_the_next_cell()
    {
        (int exit, string output, Notebook? executed) = Run(
            """
            System.IO.Directory.CreateDirectory("sub"); Environment.CurrentDirectory = "sub";
            var comma = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone(); comma.NumberFormat.NumberDecimalSeparator = ",";
            System.Globalization.CultureInfo.CurrentCulture = comma; System.Globalization.CultureInfo.CurrentUICulture = comma;
            System.Globalization.CultureInfo.DefaultThreadCurrentCulture = comma; System.Globalization.CultureInfo.DefaultThreadCurrentUICulture = comma;
            var (writer, errors) = (new System.IO.StringWriter(), new System.IO.StringWriter());
            Console.SetOut(writer); Console.SetError(errors); Console.SetIn(new System.IO.StringReader("mine"));
            Console.Write($"captured {1.5:F1} {System.IO.Path.GetFileName(Environment.CurrentDirectory)} {Console.ReadLine()}"); Console.Error.Write("too");
            """,
            """
            Console.Write($"{1.5:F1} {System.IO.File.Exists("n.ipynb")} "); var t = new System.Threading.Thread(() => Console.Write($"{2.5:F1}")); t.Start(); t.Join(); Console.Error.Write("shown");
            Console.Write($" {System.Globalization.CultureInfo.DefaultThreadCurrentUICulture is null} [{writer}] [{errors}]");
            """,
            "Console.ReadLine()");
        Assert.True(executed is not null, output);
        Assert.Empty(executed.Cells[0].Outputs);
        Assert.Equal("1.5 True 2.5 True [captured 1,5 sub mine] [too]", Stream(executed, 1, "stdout"));
        Assert.Equal("shown", Stream(executed, 1, "stderr"));
        // The third cell asks, which a headless run refuses: it is the front end that is asked again, not the first cell's text.
        Assert.Equal(1, exit);
        Assert.Contains("nobody to ask", output);
    }

    [Fact]
    public void Exceptions_that_nobody_catches_are_shown_in_the_cell_and_the_next_cells_run()
    {
        const string Wait = "for (int i = 0; i < 600 && !done.Wait(100); i++) { } System.Threading.Thread.Sleep(500);";
        (int exit, string output, Notebook? executed) = Run(
            "var done = new System.Threading.ManualResetEventSlim(); var thread = new System.Threading.Thread(() => { try { throw new FormatException(\"on a thread\"); } finally { done.Set(); } }); thread.Start(); thread.Join();",
            $"done.Reset(); System.Threading.ThreadPool.QueueUserWorkItem(_ => {{ try {{ throw new FormatException(\"in the pool\"); }} finally {{ done.Set(); }} }}); {Wait}",
            $"done.Reset(); async void Fire() {{ await Task.Yield(); done.Set(); throw new FormatException(\"async void\"); }} Fire(); {Wait}",
            $"done.Reset(); var timer = new System.Threading.Timer(_ => {{ done.Set(); throw new FormatException(\"in a timer\"); }}, null, 1, -1); {Wait}",
            $"done.Reset(); async void Deep(int n) {{ if (n == 100) done.Set(); Deep(n + 1); }} Deep(0); {Wait}",
            "Console.Write(\"lives\");");
        Assert.True(exit == 0 && executed is not null, output);
        Assert.Contains("System.FormatException: on a thread", Stream(executed, 0, "stderr"));
        Assert.Contains("System.FormatException: in the pool", Stream(executed, 1, "stderr"));
        Assert.Contains("System.FormatException: async void", Stream(executed, 2, "stderr"));
        Assert.Contains("System.FormatException: in a timer", Stream(executed, 3, "stderr"));
        Assert.Contains("recursion without an end", Stream(executed, 4, "stderr"));
        Assert.Equal("lives", Stream(executed, 5, "stdout"));
    }

    private (int Exit, string Output, Notebook? Executed) Run(params string[] cells) => NotebookProcess.Run(_folder.Path, cells);

    private static string Stream(Notebook executed, int cell, string name) =>
        string.Concat(executed.Cells[cell].Outputs.Where(output => (string?)output!["name"] == name).Select(output => NotebookText.Join(output!["text"])));

    private static string Result(Notebook executed, int cell) => NotebookText.Join(executed.Cells[cell].Outputs.Single()!["data"]!["text/plain"]);
}
