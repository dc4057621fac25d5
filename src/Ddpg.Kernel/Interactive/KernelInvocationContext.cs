using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running, seen from inside it, from code that it calls and from tasks that it starts.</summary>
public sealed class KernelInvocationContext
{
    private static readonly AsyncLocal<KernelInvocationContext?> Ambient = new();
    private readonly ICellOutput _output;
    private volatile bool _mustStop;

    internal KernelInvocationContext(ICellOutput output, FormatterRegistry formatters, CancellationToken cancellationToken)
    {
        _output = output;
        Formatters = formatters;
        CancellationToken = cancellationToken;
    }

    /// <summary>The running cell; null outside one.</summary>
    public static KernelInvocationContext? Current
    {
        get => Ambient.Value;
        internal set => Ambient.Value = value;
    }

    /// <summary>Cancelled when the reader interrupts this cell.</summary>
    public CancellationToken CancellationToken { get; }

    internal static KernelInvocationContext Required =>
        Current ?? throw new InvalidOperationException("Nothing can be displayed here: no notebook cell is running on this thread.");

    /// <summary>The output. A cell that is to stop does not get there: thrown out before the output's lock is taken, not stopped by force while it holds it.</summary>
    internal ICellOutput Output
    {
        get
        {
            if (CellThread.IsCurrent) Current?.ThrowIfStopping();
            return _output;
        }
    }

    /// <summary>The cell had its time to end by itself after its token; from now on its loops and writes end it.</summary>
    internal void MustStop() => _mustStop = true;

    /// <summary>The cell is over. What it left behind (a live display) belongs to the cells after it.</summary>
    internal void End() => _mustStop = false;

    internal void ThrowIfStopping()
    {
        if (_mustStop) throw new OperationCanceledException("The cell was interrupted.", CancellationToken);
    }

    internal FormatterRegistry Formatters { get; }

    /// <summary>Shows a value now, in this cell's output.</summary>
    /// <param name="value">Anything; null shows as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The representations to show; none means the value's own preferred ones.</param>
    public DisplayedValue Display(object? value, params string[] mimeTypes)
    {
        var displayed = new DisplayedValue(this, Guid.NewGuid().ToString("N"), mimeTypes);
        displayed.Show(value);
        return displayed;
    }

    /// <summary>Shows text that is in the given MIME type already.</summary>
    public DisplayedValue DisplayAs(string content, string mimeType) =>
        mimeType == "text/html" ? Display(new HtmlString(content), mimeType) : Display(content, mimeType);

    /// <summary>Removes this cell's output so far. This kernel's own: .NET Interactive has no such member.</summary>
    /// <param name="wait">Whether to wait for the next output, which then takes its place without flicker.</param>
    public void ClearOutput(bool wait = false) => Output.ClearOutput(wait);
}
