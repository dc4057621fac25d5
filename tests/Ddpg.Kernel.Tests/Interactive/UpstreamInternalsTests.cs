using Ddpg.Kernel.Interactive;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Tests.Interactive;

/// <summary>The private members of .NET Interactive's packages that the kernel uses are where it looks for them.</summary>
public sealed class UpstreamInternalsTests
{
    [Fact]
    public void A_contexts_token_can_be_cancelled_without_completing_its_command()
    {
        using var context = KernelInvocationContext.GetOrCreateAmbientContext(new SubmitCode("1"));
        CancellationToken token = context.CancellationToken;
        UpstreamInternals.CancelToken(context);
        Assert.True(token.IsCancellationRequested);
        Assert.False(context.IsComplete);
    }

    [Fact]
    public void The_display_handler_can_be_replaced()
    {
        Displays.Install();
        Assert.Equal(typeof(Displays), Assert.Single(UpstreamInternals.DisplayHandler()!.GetInvocationList()).Method.DeclaringType);
    }

    [Fact]
    public void A_formatted_values_MIME_type_can_be_replaced()
    {
        var value = new FormattedValue("text/plain", "x");
        string own = new("text/plain".AsSpan());
        UpstreamInternals.MimeType(value) = own;
        Assert.Same(own, value.MimeType);
    }
}
