using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;
using Ddpg.Kernel.Jupyter.Messaging;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using LinePosition = Microsoft.DotNet.Interactive.LinePosition;

namespace Ddpg.Kernel.Jupyter.Requests;

/// <summary>Completion and inspection: Jupyter's messages in front of the kernel's commands for an editor. The magics are completed here.</summary>
internal sealed partial class EditorRequests(CellSession session)
{
    private const int MaximumItems = 1000;
    private const int MaximumOverloads = 24;

    /// <summary>The content of a complete_reply.</summary>
    public JsonObject Complete(JupyterMessage request)
    {
        string code = request.Text("code");
        int cursor = CodePoints.ToIndex(code, request.Integer("cursor_pos", int.MaxValue));
        int line = code.LastIndexOf('\n', Math.Max(0, cursor - 1)) + 1;
        string before = code[Math.Min(line, cursor)..cursor];
        if (before.StartsWith('#') && !before.Contains(' ', StringComparison.Ordinal))
            return Completions(code, line, cursor, CellSession.Magics.Where(magic => magic.StartsWith(before, StringComparison.Ordinal)).Select(magic => new CompletionItem(magic, "magic")));

        string text = MagicParser.Blank(code);
        CompletionsProduced found = Wait(session.Editor.CompleteAsync(new RequestCompletions(text, Position(text, cursor)), CancellationToken.None));
        int start = found.LinePositionSpan is { Start: var first } ? SourceText.From(text).Lines[first.Line].Start + first.Character : cursor;
        return Completions(code, start, cursor, found.Completions.Take(MaximumItems));
    }

    /// <summary>The content of an inspect_reply.</summary>
    public JsonObject Inspect(JupyterMessage request)
    {
        string code = request.Text("code");
        MimeBundle? found = Describe(code, CodePoints.ToIndex(code, request.Integer("cursor_pos", int.MaxValue)));
        return new JsonObject { ["status"] = "ok", ["found"] = found is not null, ["data"] = (found ?? MimeBundle.Empty).ToJson(), ["metadata"] = new JsonObject() };
    }

    /// <summary>The expression of a cell that only asks, <c>agent.Update?</c>; null for any other cell. No C# statement ends in a question mark.</summary>
    public static string? PagedExpression(string code)
    {
        string text = code.Trim();
        if (!text.EndsWith('?') || text.Contains('\n', StringComparison.Ordinal)) return null;
        string expression = text.TrimEnd('?').Trim();
        return expression.Length > 0 && expression.All(c => SyntaxFacts.IsIdentifierPartCharacter(c) || c is '.' or '<' or '>' or ',' or ' ') ? expression : null;
    }

    /// <summary>What stands at the cursor, as plain text and Markdown: declaration or overloads, and documentation; null when nothing is known of it.</summary>
    public MimeBundle? Describe(string code, int cursor)
    {
        code = MagicParser.Blank(code);
        HoverTextProduced? hover = Wait(session.Editor.HoverAsync(new RequestHoverText(code, Position(code, cursor)), CancellationToken.None));
        string[] known = hover?.Content.First().Value.Split("\n\n") ?? [""];
        bool isType = TypeDeclaration().IsMatch(known[0]);
        SignatureHelpProduced? help = Signatures(code, cursor, isType);
        if (hover is null && help is null) return null;

        List<string> declarations = help is null || isType ? [known[0]] : [], documentation = [.. known.Skip(1)];
        if (help is not null)
        {
            declarations.AddRange(help.Signatures.Select(signature => signature.Label).Take(MaximumOverloads));
            if (help.Signatures.Count > MaximumOverloads) declarations.Add($"// and {help.Signatures.Count - MaximumOverloads} more");
            SignatureInformation active = help.Signatures[help.ActiveSignatureIndex];
            if (documentation.Count == 0) documentation.Add(active.Documentation.Value);
            if (!isType) documentation.InsertRange(1, active.Parameters.Where(parameter => parameter.Documentation.Value.Length > 0).Select(parameter => $"{parameter.Label}: {parameter.Documentation.Value}"));
        }

        string declaration = string.Join('\n', declarations), text = string.Join('\n', documentation).Trim();
        return new MimeBundle
        {
            { "text/plain", $"{declaration}\n\n{text}".Trim() },
            { "text/markdown", $"```csharp\n{declaration}\n```\n\n{text.Replace("\n", "\n\n", StringComparison.Ordinal)}".Trim() },
        };
    }

    /// <summary>The signatures of the call around the cursor, or of the name at it as if it were called or constructed there; null when it cannot be.</summary>
    private SignatureHelpProduced? Signatures(string code, int cursor, bool isType)
    {
        int start = cursor, end = cursor;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        while (end < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[end])) end++;
        if (start == end) return Ask(code, cursor);
        string called = end < code.Length && code[end] == '(' ? code : code.Insert(end, "()");
        SignatureHelpProduced? found = isType ? Ask(called.Insert(start, "new "), end + "new (".Length) : Ask(called, end + 1);
        // Of an argument that cannot be called, the call around it is found.
        var naming = new Regex($@"\b{code[start..end]}(<[^(]*>)?\(", RegexOptions.CultureInvariant);
        return found is not null && naming.IsMatch(found.Signatures[0].Label) ? found : null;

        SignatureHelpProduced? Ask(string text, int position) =>
            Wait(session.Editor.SignaturesAsync(new RequestSignatureHelp(text, Position(text, position)), CancellationToken.None));
    }

    private static JsonObject Completions(string code, int start, int end, IEnumerable<CompletionItem> items)
    {
        (start, end) = (CodePoints.FromIndex(code, start), CodePoints.FromIndex(code, end));
        JsonArray matches = [], types = [];
        foreach (CompletionItem item in items)
        {
            matches.Add(item.InsertText);
            types.Add(new JsonObject { ["text"] = item.InsertText, ["type"] = Kind(item.Kind), ["signature"] = item.Documentation ?? "", ["start"] = start, ["end"] = end });
        }

        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = matches,
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = types },
        };
    }

    /// <summary>The kind as front ends know it, to choose an icon by.</summary>
    private static string Kind(string kind) => kind switch
    {
        "Method" or "ExtensionMethod" or "Delegate" => "function",
        "Namespace" => "module",
        "Structure" => "struct",
        "Local" or "RangeVariable" => "variable",
        _ => kind.ToLowerInvariant(),
    };

    [GeneratedRegex(@"^(\w+ )*(class|struct|record) ")]
    private static partial Regex TypeDeclaration();

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static LinePosition Position(string text, int index)
    {
        var position = SourceText.From(text).Lines.GetLinePosition(index);
        return new LinePosition(position.Line, position.Character);
    }
}
