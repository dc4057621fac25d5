using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Ddpg.Notebooks.Tests.Upstream;

/// <summary>.NET Interactive's own C# kernel, run cell by cell as its front ends run it.</summary>
internal sealed class InteractiveKernelHost : IDisposable
{
    private readonly CompositeKernel _kernel;

    public InteractiveKernelHost()
    {
        CSharpKernel csharp = new();
        csharp.UseKernelHelpers();
        _kernel = new CompositeKernel { csharp };
        _kernel.DefaultKernelName = csharp.Name;
        _kernel.UseImportMagicCommand();
    }

    /// <summary>Runs a cell; returns what went wrong, or null.</summary>
    public async Task<string?> RunAsync(string code)
    {
        KernelCommandResult result = await _kernel.SendAsync(new SubmitCode(code), CancellationToken.None);
        // A cell that fails reports both; only of a failure inside of #!import does the outer command end well.
        return result.Events.OfType<CommandFailed>().FirstOrDefault()?.Message ?? result.Events.OfType<ErrorProduced>().FirstOrDefault()?.Message;
    }

    public void Dispose() => _kernel.Dispose();
}
