using System.CommandLine;
using Ddpg.Kernel.Commands;
using Ddpg.Kernel.Jupyter.Commands;

namespace Ddpg.Kernel;

internal static class Program
{
    /// <summary>After Ctrl-C a run still stops its cell and writes what it has; a second Ctrl-C does not wait.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(20);

    private static Task<int> Main(string[] args) => CreateRootCommand().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToStop });

    internal static RootCommand CreateRootCommand()
    {
        var root = new RootCommand("A C# kernel for notebooks: runs them from the command line, and for Jupyter front ends.");
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(PageCommand.Create());
        root.Subcommands.Add(BookCommand.Create());
        root.Subcommands.Add(StartCommand.Create());
        root.Subcommands.Add(InstallCommand.Create());
        root.Subcommands.Add(InstallCommand.CreateUninstall());
        return root;
    }
}
