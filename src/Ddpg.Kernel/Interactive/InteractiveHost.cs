using System.Reactive.Disposables;
using Ddpg.Kernel.Execution;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Utility;

namespace Ddpg.Kernel.Interactive;

/// <summary>.NET Interactive's kernels behind one session: C# (ours), HTML, JavaScript and stored values (upstream's).</summary>
internal sealed class InteractiveHost : IDisposable
{
    private static readonly Lazy<bool> Process = new(PrepareProcess);
    private readonly CompositeKernel _root;
    private readonly CellKernel _cells;

    internal InteractiveHost(CellSession? session)
    {
        _ = Process.Value;
        _cells = new CellKernel(session).UseValueSharing();
        _root = new CompositeKernel();
        _root.Add(_cells, ["c#", "C#"]);
        _root.Add(new HtmlKernel());
        _root.Add(new JavaScriptKernel().UseValueSharing(), ["js"]);
        _root.Add(new KeyValueStoreKernel());
        _root.DefaultKernelName = CellKernel.Language;
        _root.RegisterCommandHandler<RequestInput>(AskAsync);
        _root.KernelEvents.Subscribe(Displays.Show);
    }

    /// <summary>Runs C#; how it ended stands in the running cell. To the kernel itself: the root would look for its own magic commands, which are cut off already.</summary>
    internal Task<string?> RunCellAsync(string code) => SendAsync(_cells, new SubmitCode(code, CellKernel.Language));

    /// <summary>Sends a part in another language, or a magic command; returns what went wrong, or null.</summary>
    internal Task<string?> SendAsync(string code, string? kernel = null) => SendAsync(_root, new SubmitCode(code, kernel));

    public void Dispose() => _root.Dispose();

    private static async Task<string?> SendAsync(Microsoft.DotNet.Interactive.Kernel kernel, SubmitCode command)
    {
        KernelCommandResult result = await kernel.SendAsync(command, CancellationToken.None).ConfigureAwait(false);
        // A #!share of what is not there ends well, but for this second event.
        return result.Events.OfType<CommandFailed>().FirstOrDefault()?.Message ?? result.Events.OfType<ErrorProduced>().FirstOrDefault()?.Message;
    }

    private static bool PrepareProcess()
    {
        // Upstream takes Console anew with every command and gives it back after it; one standing subscription keeps it from that. Then Console is ours again.
        ConsoleOutput.Subscribe(static _ => Disposable.Empty);
        ConsoleRouter.Renew();
        Displays.Install();
        ValueFormats.Prefer();
        return true;
    }

    /// <summary>Upstream's GetInputAsync sends this command to the root kernel.</summary>
    private static async Task AskAsync(RequestInput command, KernelInvocationContext context)
    {
        if (RunningCell.Current is not { } cell) return;
        try
        {
            string answer = await Task.Run(() => cell.Output.RequestInput(command.Prompt ?? "", command.IsPassword, cell.CancellationToken)).ConfigureAwait(false);
            context.Publish(new InputProduced(answer, command));
        }
        catch (InvalidOperationException nobody)
        {
            context.Fail(command, message: nobody.Message);
        }
    }
}
