using Ddpg.Kernel.Execution;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Ddpg.Kernel.Interactive;

/// <summary>
/// The C# kernel among .NET Interactive's kernels: a session's cells and variables behind upstream's commands. Not upstream's CSharpKernel, which compiles without
/// optimisation, cannot stop a loop, and keeps every cell in memory.
/// </summary>
internal sealed class CellKernel : Microsoft.DotNet.Interactive.Kernel, IKernelCommandHandler<SubmitCode>, IKernelCommandHandler<RequestValue>, IKernelCommandHandler<RequestValueInfos>, IKernelCommandHandler<SendValue>, IKernelCommandHandler<RequestCompletions>, IKernelCommandHandler<RequestHoverText>, IKernelCommandHandler<RequestSignatureHelp>
{
    internal const string Language = "csharp";

    private readonly CellSession? _session;

    /// <param name="session">Runs the cells; null for a kernel that only warms up the machinery.</param>
    internal CellKernel(CellSession? session)
        : base(Language)
    {
        _session = session;
        KernelInfo.LanguageName = "C#";
        KernelInfo.LanguageVersion = "14.0";
        KernelInfo.DisplayName = "csharp - C# Script";
    }

    async Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        if (_session is null || RunningCell.Current is not { } cell) return;
        ValueFormats.Prefer();
        using CancellationTokenRegistration interrupt = cell.CancellationToken.Register(() => UpstreamInternals.CancelToken(context));
        CellResult result = await _session.SubmitAsync(command.Code, value => context.Publish(new ReturnValueProduced(value, command, FormattedValue.CreateManyFromObject(value)))).ConfigureAwait(false);
        if (result.Error is { } error) context.Fail(command, message: error.Words);
    }

    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        if (_session?.Variables.FirstOrDefault(variable => variable.Name == command.Name) is { } variable)
            context.Publish(new ValueProduced(variable.Value, variable.Name, new FormattedValue(command.MimeType, variable.Value.ToDisplayString(command.MimeType)), command));
        else
            context.Fail(command, message: $"There is no variable '{command.Name}'.");
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        IEnumerable<KernelValueInfo> infos = (_session?.Variables ?? [])
            .Select(variable => new KernelValueInfo(variable.Name, FormattedValue.CreateSingleFromObject(variable.Value, command.MimeType), variable.Type));
        context.Publish(new ValueInfosProduced([.. infos], command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context) => SetValueAsync(command, context, async (name, value, type) =>
    {
        if (_session is null) return;
        CellResult result = await _session.SetVariableAsync(name, value, type).ConfigureAwait(false);
        if (result.Error is { } error) context.Fail(command, message: error.Words);
    });

    async Task IKernelCommandHandler<RequestCompletions>.HandleAsync(RequestCompletions command, KernelInvocationContext context)
    {
        if (_session is not null) context.Publish(await _session.Editor.CompleteAsync(command, context.CancellationToken).ConfigureAwait(false));
    }

    async Task IKernelCommandHandler<RequestHoverText>.HandleAsync(RequestHoverText command, KernelInvocationContext context)
    {
        if (_session is not null && await _session.Editor.HoverAsync(command, context.CancellationToken).ConfigureAwait(false) is { } hover) context.Publish(hover);
    }

    async Task IKernelCommandHandler<RequestSignatureHelp>.HandleAsync(RequestSignatureHelp command, KernelInvocationContext context)
    {
        if (_session is not null && await _session.Editor.SignaturesAsync(command, context.CancellationToken).ConfigureAwait(false) is { } signatures) context.Publish(signatures);
    }
}
