using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Interactive;

/// <summary>
/// Everything private of .NET Interactive's that this kernel touches. The packages are frozen at their last version; a test asks for each member, so that another version
/// fails there and not in a reader's cell.
/// </summary>
internal static class UpstreamInternals
{
    private const string FormatterType = "Microsoft.DotNet.Interactive.Formatting.Formatter, Microsoft.DotNet.Interactive.Formatting";

    /// <summary>Cancels a cell's <c>KernelInvocationContext.CancellationToken</c>, and only that: the public ways (the command Cancel, the token of SendAsync) complete the command while its cell still runs.</summary>
    internal static void CancelToken(KernelInvocationContext context) => TokenSource(context).Cancel();

    /// <summary>Who is told of <c>display(x)</c>, <c>x.Display()</c> and of each <c>Update</c>. Replaced, not added to: upstream's own handler keeps all of them in memory until the cell ends.</summary>
    internal static ref Action<DisplayedValue>? DisplayHandler() => ref OnFormatterEvent(null);

    /// <summary>The MIME type of a value that is shown, to put another string object of the same text in its place.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<MimeType>k__BackingField")]
    internal static extern ref string MimeType(FormattedValue value);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_cancellationTokenSource")]
    private static extern ref CancellationTokenSource TokenSource(KernelInvocationContext context);

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "OnFormatterEvent")]
    private static extern ref Action<DisplayedValue>? OnFormatterEvent([UnsafeAccessorType(FormatterType)] object? formatter);
}
