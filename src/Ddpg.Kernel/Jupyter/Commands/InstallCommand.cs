using System.CommandLine;
using Ddpg.Kernel.Jupyter.KernelSpec;

namespace Ddpg.Kernel.Jupyter.Commands;

/// <summary><c>ddpg-kernel install</c> and <c>uninstall</c>: make the kernel known to VS Code and Jupyter, or unknown again.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        Options options = new("Name of the kernel; without it '.net-csharp', which the kit's notebooks ask for.");
        Command command = new("install", "Make this kernel known to VS Code, JupyterLab and Jupyter Notebook.") { options.User, options.Prefix, options.Name };
        command.SetAction(result => Guard(result, () =>
        {
            TextWriter output = result.InvocationConfiguration.Output;
            (string name, string folder, bool taken) = options.Installer(result).Install(result.GetValue(options.Name));
            output.WriteLine($"Installed the kernel '{name}' in {folder}");
            if (taken)
                output.WriteLine($"A kernel named '{KernelSpecInstaller.SharedName}' is there already and was left alone (.NET Interactive's, most likely). The kit's notebooks open with that one; to run them with this kernel, choose '.NET (C#)' [{name}] in the front end.");
            else
                output.WriteLine("Open a notebook in VS Code or Jupyter and choose the kernel '.NET (C#)'.");
        }));
        return command;
    }

    public static Command CreateUninstall()
    {
        Options options = new("Name of the kernel; without it, every kernelspec that this program installed there.");
        Command command = new("uninstall", "Remove what install wrote.") { options.User, options.Prefix, options.Name };
        command.SetAction(result => Guard(result, () =>
        {
            IReadOnlyList<string> removed = options.Installer(result).Uninstall(result.GetValue(options.Name));
            foreach (string folder in removed) result.InvocationConfiguration.Output.WriteLine($"Removed {folder}");
            if (removed.Count == 0) result.InvocationConfiguration.Output.WriteLine("Nothing to remove: this kernel is not installed there.");
        }));
        return command;
    }

    private static int Guard(ParseResult result, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (KernelSpecException exception)
        {
            result.InvocationConfiguration.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private sealed class Options(string nameDescription)
    {
        public Option<bool> User { get; } = new("--user") { Description = "For this user (the default)." };

        public Option<string?> Prefix { get; } = new("--prefix") { Description = "Below PREFIX/share/jupyter, for example a Python environment's folder.", HelpName = "PREFIX" };

        public Option<string?> Name { get; } = new("--name") { Description = nameDescription, HelpName = "NAME" };

        public KernelSpecInstaller Installer(ParseResult result)
        {
            string? prefix = result.GetValue(Prefix);
            if (prefix is not null && result.GetValue(User)) throw new KernelSpecException("Give --user or --prefix, not both.");
            return new KernelSpecInstaller(prefix is null ? JupyterPaths.User() : JupyterPaths.Below(prefix), KernelSpecInstaller.OwnLaunch());
        }
    }
}
