using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that is running, seen from inside it, from code that it calls and from tasks that it starts.</summary>
public sealed class KernelInvocationContext
{
    private static readonly AsyncLocal<KernelInvocationContext?> Ambient = new();

    internal KernelInvocationContext(ICellOutput output, FormatterRegistry formatters, CancellationToken cancellationToken)
    {
        Output = output;
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

    internal ICellOutput Output { get; }

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
