using Ddpg.Kernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Recommendations;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Suggestion = Microsoft.CodeAnalysis.Completion.CompletionItem;

namespace Ddpg.Kernel.Interactive;

/// <summary>Answers an editor's questions about a cell with Roslyn's own services, as upstream's events.</summary>
internal sealed class CellEditor(ScriptCompiler compiler) : IDisposable
{
    private const int MaximumDescribed = 8;

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters);

    // What the reader has just written comes first, the rest of the framework last.
    private static readonly string[][] Order =
    [
        [WellKnownTags.Local, WellKnownTags.Parameter, WellKnownTags.RangeVariable],
        [WellKnownTags.Field, WellKnownTags.EnumMember, WellKnownTags.Constant, WellKnownTags.Property],
        [WellKnownTags.Method, WellKnownTags.Event],
        [WellKnownTags.Class, WellKnownTags.Structure, WellKnownTags.Interface, WellKnownTags.Enum, WellKnownTags.Delegate, WellKnownTags.TypeParameter],
        [WellKnownTags.Namespace],
        [WellKnownTags.Keyword],
    ];

    private readonly CellWorkspace _workspace = new(compiler);

    /// <summary>Ways to go on with the word at the position, best first.</summary>
    internal async Task<CompletionsProduced> CompleteAsync(RequestCompletions command, CancellationToken cancellation)
    {
        (Document document, SourceText text, int position) = await OpenAsync(command, cancellation).ConfigureAwait(false);
        CompletionService service = CompletionService.GetService(document)!;
        CompletionList list = await service.GetCompletionsAsync(document, position, cancellationToken: cancellation).ConfigureAwait(false);
        if (list.ItemsList.Count == 0) return new CompletionsProduced([], command);
        string word = text.ToString(TextSpan.FromBounds(list.Span.Start, position));
        // The case as typed first: `sta` means `static` before `Stack`.
        IEnumerable<Suggestion> fitting = list.ItemsList
            .Where(item => item.FilterText.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !item.IsComplexTextEdit)
            .OrderBy(item => item.FilterText.StartsWith(word, StringComparison.Ordinal) ? 0 : 1)
            .ThenByDescending(item => item.Rules.MatchPriority)
            .ThenBy(item => Array.FindIndex(Order, tags => tags.Contains(Tag(item))))
            .DistinctBy(Insertion);
        ILookup<string, ISymbol> symbols = (await Recommender.GetRecommendedSymbolsAtPositionAsync(document, position, cancellationToken: cancellation).ConfigureAwait(false)).ToLookup(symbol => symbol.Name);
        List<Microsoft.DotNet.Interactive.Events.CompletionItem> items = [];
        foreach (Suggestion item in fitting)
        {
            string? description = null;
            if (symbols[item.DisplayText].FirstOrDefault() is { } symbol) description = symbol is INamespaceOrTypeSymbol ? null : symbol.ToDisplayString(Signature);
            // Roslyn's own description of an item costs as much as the whole list: only for the few that are no names in scope, as in an initialiser.
            else if (items.Count < MaximumDescribed && Tag(item) != WellKnownTags.Keyword) description = (await service.GetDescriptionAsync(document, item, cancellation).ConfigureAwait(false))?.Text.Split('\n')[0].Trim();
            items.Add(new(item.DisplayText, Tag(item), item.FilterText, item.SortText, Insertion(item), documentation: description));
        }

        return new CompletionsProduced(items, command, Lines(text, TextSpan.FromBounds(list.Span.Start, position)));
    }

    /// <summary>What the name at the position is: its declaration and its documentation; null when nothing is known of it.</summary>
    internal async Task<HoverTextProduced?> HoverAsync(RequestHoverText command, CancellationToken cancellation)
    {
        (Document document, SourceText text, int position) = await OpenAsync(command, cancellation).ConfigureAwait(false);
        QuickInfoItem? found = await QuickInfoService.GetService(document)!.GetQuickInfoAsync(document, position, cancellation).ConfigureAwait(false);
        if (found is not { Sections: [{ Text: var declaration }, .. var rest] }) return null;
        string documentation = string.Join("\n\n", rest.Select(section => section.Text.Trim()));
        FormattedValue plain = new("text/plain", $"{declaration}\n\n{documentation}".Trim()), markdown = new("text/markdown", $"```csharp\n{declaration}\n```\n\n{documentation}".Trim());
        return new HoverTextProduced(command, [plain, markdown], Lines(text, found.Span));
    }

    /// <summary>The overloads of the call whose parentheses the position is in; null outside of a call.</summary>
    internal async Task<SignatureHelpProduced?> SignaturesAsync(RequestSignatureHelp command, CancellationToken cancellation)
    {
        (Document document, _, int position) = await OpenAsync(command, cancellation).ConfigureAwait(false);
        return await RoslynSignatures.FindAsync(document, position, command, cancellation).ConfigureAwait(false);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<(Document Document, SourceText Text, int Position)> OpenAsync(LanguageServiceCommand command, CancellationToken cancellation)
    {
        Document document = await _workspace.OpenAsync(command.Code, cancellation).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return (document, text, text.Lines.GetPosition(new LinePosition(command.LinePosition.Line, command.LinePosition.Character)));
    }

    // A cell's variables are private fields of its class, the only ones that other cells see. Of a method's overloads some are extensions.
    private static string Tag(Suggestion item) => item.Tags is [WellKnownTags.Field, WellKnownTags.Private, ..] ? WellKnownTags.Local
        : item.Tags.Contains(WellKnownTags.ExtensionMethod) ? WellKnownTags.Method
        : item.Tags.FirstOrDefault(tag => Order.Any(tags => tags.Contains(tag)), WellKnownTags.Keyword);

    // A type's `<>` is for the eye; a parameter's colon is to be written.
    private static string Insertion(Suggestion item) => item.Properties.GetValueOrDefault("InsertionText") ?? item.DisplayText + (item.DisplayTextSuffix == ":" ? ":" : "");

    private static Microsoft.DotNet.Interactive.LinePositionSpan Lines(SourceText text, TextSpan span)
    {
        LinePositionSpan lines = text.Lines.GetLinePositionSpan(span);
        return new(new(lines.Start.Line, lines.Start.Character), new(lines.End.Line, lines.End.Character));
    }
}
