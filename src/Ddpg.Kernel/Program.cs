using System.CommandLine;

namespace Ddpg.Kernel;

internal static class Program
{
    private static Task<int> Main(string[] args) => CreateRootCommand().Parse(args).InvokeAsync();

    internal static RootCommand CreateRootCommand()
    {
        var root = new RootCommand("A C# kernel for notebooks: runs them from the command line, and for Jupyter front ends.");
        return root;
    }
}
