using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Interactive;

/// <summary>Roslyn's signature help, which unlike its other editor services is not public. A test asks for it, so that another version of Roslyn fails there.</summary>
internal static class RoslynSignatures
{
    private const string Namespace = "Microsoft.CodeAnalysis.SignatureHelp.";
    private static readonly Assembly Features = typeof(Microsoft.CodeAnalysis.Completion.CompletionService).Assembly;
    private static readonly Type Service = Features.GetType(Namespace + "SignatureHelpService", throwOnError: true)!;
    private static readonly Type Trigger = Features.GetType(Namespace + "SignatureHelpTriggerInfo", throwOnError: true)!;
    private static readonly MethodInfo Find = Service.GetMethod("GetSignatureHelpAsync", [typeof(Document), typeof(int), Trigger, typeof(CancellationToken)])!;

    /// <summary>The overloads of the call whose parentheses the position is in; null outside of a call.</summary>
    internal static async Task<SignatureHelpProduced?> FindAsync(Document document, int position, RequestSignatureHelp command, CancellationToken cancellation)
    {
        var task = (Task)Find.Invoke(RoslynParts.Export(Service), [document, position, Activator.CreateInstance(Trigger), cancellation])!;
        await task.ConfigureAwait(false);
        if (Get(Get(task, "Result")!, "Item2") is not { } found) return null;
        List<SignatureInformation> signatures = [.. Items(found, "Items").Select(item => Signature(item, cancellation))];
        int active = Get(found, "SelectedItemIndex") as int? ?? 0;
        int parameter = Math.Min((int)Get(found, "SemanticParameterIndex")!, Math.Max(0, signatures[active].Parameters.Count - 1));
        return new SignatureHelpProduced(command, signatures, active, parameter);
    }

    private static SignatureInformation Signature(object item, CancellationToken cancellation)
    {
        List<object> parameters = [.. Items(item, "Parameters")];
        string separator = Text(Get(item, "SeparatorDisplayParts"));
        string label = Text(Get(item, "PrefixDisplayParts")) + string.Join(separator, parameters.Select(parameter => Text(Get(parameter, "DisplayParts")))) + Text(Get(item, "SuffixDisplayParts"));
        return new(label, Documentation(item, cancellation), [.. parameters.Select(parameter => new ParameterInformation((string)Get(parameter, "Name")!, Documentation(parameter, cancellation)))]);
    }

    private static FormattedValue Documentation(object of, CancellationToken cancellation) =>
        new("text/markdown", Text(((Func<CancellationToken, IEnumerable<TaggedText>>)Get(of, "DocumentationFactory")!)(cancellation)));

    private static string Text(object? parts) => string.Concat(((IEnumerable<TaggedText>)parts!).Select(part => part.Text));

    private static IEnumerable<object> Items(object of, string name) => ((IEnumerable)Get(of, name)!).Cast<object>();

    private static object? Get(object of, string name) =>
        of.GetType().GetProperty(name)?.GetValue(of) ?? of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(of);
}
