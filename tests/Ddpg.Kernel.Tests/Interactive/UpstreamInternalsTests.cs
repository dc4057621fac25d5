using Ddpg.Kernel.Interactive;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

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
}
