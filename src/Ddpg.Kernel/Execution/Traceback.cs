using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Runtime;
using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Execution;

/// <summary>Turns what went wrong into lines that point into the reader's cells, with nothing of the kernel's own machinery and no path of this machine.</summary>
internal sealed partial class Traceback
{
    /// <summary>How a traceback calls a cell that ran before. No number: front ends count cells in different ways.</summary>
    internal const string EarlierCell = "an earlier cell";

    private static readonly string RuntimesWords = new InsufficientExecutionStackException().Message;

    private const int FirstFrames = 12;
    private const int LastFrames = 8;
    private readonly Dictionary<string, (string Label, string[] Lines)> _sources = new(StringComparer.Ordinal);

    /// <summary>Remembers a source, so that an exception in a function of an earlier cell shows that cell's line.</summary>
    internal void AddSource(string path, string label, string code) => _sources[path] = (label, MagicParser.SplitLines(code));

    /// <param name="exception">What the cell threw.</param>
    /// <param name="cellPath">The cell, as named to <see cref="AddSource"/>.</param>
    /// <param name="statementLine">The line of the top-level statement that was running, for frames of which the runtime knows no line; 0 if unknown.</param>
    internal CellError OfException(Exception exception, string cellPath, int statementLine)
    {
        exception = Innermost(exception);
        var lines = new List<string>();
        (int Line, string Source)? inCell = null;
        foreach (Exception current in WithCauses(exception))
        {
            lines.Add((lines.Count > 0 ? "Caused by " : "") + $"{current.GetType().FullName}: {MessageOf(current)}");
            List<StackFrame> frames = [.. new StackTrace(current, fNeedFileInfo: true).GetFrames().Where(frame => frame.GetMethod() is { } method && !IsMachinery(method))];
            for (int index = 0; index < frames.Count; index++)
            {
                if (index == FirstFrames && frames.Count > FirstFrames + LastFrames)
                {
                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"   … {frames.Count - FirstFrames - LastFrames} more calls …"));
                    index = frames.Count - LastFrames;
                }

                StackFrame frame = frames[index];
                (string? path, int line) = frame.GetFileName() is { } file ? (file, frame.GetFileLineNumber()) : IsTopLevel(frame) ? (cellPath, statementLine) : (null, 0);
                lines.AddRange(Describe(frame, path, line, cellPath));
                if (inCell is null && path == cellPath && LineAt(cellPath, line) is { } source) inCell = (line, source.Trim());
            }
        }

        return new(exception.GetType().FullName!, MessageOf(exception), lines, [], inCell?.Line, inCell?.Source);
    }

    /// <summary>What an exception says of itself; never null, and never an exception of its own: both are a cell's to get wrong, and front ends end a whole run over either.</summary>
    internal static string MessageOf(Exception exception)
    {
        try
        {
            string message = exception.Message ?? "";
            return exception is InsufficientExecutionStackException && message == RuntimesWords ? StackRoom.TooDeepMessage : message;
        }
        catch (Exception failure)
        {
            return $"(its Message threw {failure.GetType().FullName})";
        }
    }

    /// <summary>The exception in few lines, for where there is no cell's error to be: what, and the innermost places in cells.</summary>
    internal static string Brief(Exception exception)
    {
        const int Most = 5;
        IEnumerable<string> places = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetMethod() is { } method && !IsMachinery(method) && frame.GetFileName() is not null && frame.GetFileLineNumber() > 0)
            .Take(Most)
            .Select(frame => string.Create(CultureInfo.InvariantCulture, $"\n   at {NameOf(frame.GetMethod()!)}, line {frame.GetFileLineNumber()} of its cell"));
        return $"{exception.GetType().FullName}: {MessageOf(exception)}{string.Concat(places)}";
    }

    /// <summary>
    /// What the reader is to be told of: a recursion without an end also when what was on its way (a type's initialiser, a task) has wrapped the exception, once or thousands of times,
    /// and in the same words when a library has noticed it.
    /// </summary>
    private static Exception Innermost(Exception exception)
    {
        Exception current = exception;
        while (current is TypeInitializationException or TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } or InvalidOperationException { Source: "System.Private.CoreLib" }
            && current.InnerException is { } inner)
            current = inner;
        return current is InsufficientExecutionStackException ? current : exception;
    }

    // An exception, what caused it, what caused that; of one that gathers several, all of them.
    private static List<Exception> WithCauses(Exception exception)
    {
        const int Most = 20;
        List<Exception> found = [exception];
        for (int index = 0; index < found.Count && found.Count < Most; index++)
        {
            IEnumerable<Exception> causes = found[index] is AggregateException several ? several.InnerExceptions : found[index].InnerException is { } one ? [one] : [];
            found.InsertRange(index + 1, causes.Where(cause => !found.Contains(cause)));
        }

        return found;
    }

    internal CellError OfDiagnostics(IReadOnlyList<Diagnostic> diagnostics, string cellPath)
    {
        List<Diagnostic> errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        var lines = new List<string>();
        foreach (Diagnostic error in errors)
        {
            lines.Add(Text(error));
            FileLinePositionSpan span = error.Location.GetLineSpan();
            if (LineAt(span.Path, span.StartLinePosition.Line + 1) is not { } source) continue;
            string indent = new([.. source.Take(span.StartLinePosition.Character).Select(c => c == '\t' ? '\t' : ' ')]);
            int width = span.EndLinePosition.Line == span.StartLinePosition.Line ? span.EndLinePosition.Character - span.StartLinePosition.Character : 1;
            lines.Add("    " + source);
            lines.Add("    " + indent + new string('^', Math.Clamp(width, 1, 120)));
        }

        FileLinePositionSpan? first = errors.Count > 0 && errors[0].Location.GetLineSpan() is { IsValid: true } place && place.Path == cellPath ? place : null;
        int? line = first?.StartLinePosition.Line + 1;
        return new("Error", "compilation error", lines, [.. errors.Select(Text)], line, line is null ? null : LineAt(cellPath, line.Value)?.Trim());
    }

    internal static CellError OfMagics(IReadOnlyList<string> errors, string code)
    {
        int line = int.Parse(errors[0].AsSpan(1, errors[0].IndexOf(',') - 1), CultureInfo.InvariantCulture);
        return new("Error", "compilation error", errors, errors, line, MagicParser.SplitLines(code)[line - 1].Trim());
    }

    /// <summary><c>(1,9): error CS0029: …</c>, preceded by the file's name when it is not the cell itself.</summary>
    internal string Text(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        // An error of the whole text, with no place in it, stands at its beginning, as .NET Interactive shows it.
        string place = "(1,1): ";
        if (span.IsValid)
        {
            string file = _sources.TryGetValue(span.Path, out var source) ? (source.Label == EarlierCell ? "" : source.Label) : Path.GetFileName(span.Path);
            place = string.Create(CultureInfo.InvariantCulture, $"{file}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): ");
        }

        string severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"{place}{severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    private string[] Describe(StackFrame frame, string? path, int line, string cellPath)
    {
        string name = NameOf(frame.GetMethod()!);
        if (path is null || LineAt(path, line) is not { } text) return [$"   at {name}"];
        string label = path == cellPath ? "this cell" : _sources[path].Label;
        return [string.Create(CultureInfo.InvariantCulture, $"   at {name} in {label}, line {line}"), "        " + text.Trim()];
    }

    private static bool IsTopLevel(StackFrame frame) =>
        frame.GetMethod() is { DeclaringType: { DeclaringType.Name: var outer } type } && type.Name.StartsWith("<<Initialize>>", StringComparison.Ordinal)
        && outer.StartsWith("Submission#", StringComparison.Ordinal);

    private string? LineAt(string? path, int line) =>
        path is not null && _sources.TryGetValue(path, out var source) && line >= 1 && line <= source.Lines.Length ? source.Lines[line - 1] : null;

    private static bool IsMachinery(MethodBase method)
    {
        Type? type = method.DeclaringType;
        string name = type?.FullName ?? "";
        return method.Name == "<Factory>" || type?.Assembly == typeof(Traceback).Assembly || name.StartsWith("Microsoft.DotNet.Interactive.", StringComparison.Ordinal)
            || name.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal) || name.StartsWith("System.Runtime.ExceptionServices.", StringComparison.Ordinal)
            || name is "System.ThrowHelper" or "Internal.Runtime.CompilerHelpers.ThrowHelpers" || name.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal) || name == "System.Runtime.ControlledExecution" || name == "System.Threading.ExecutionContext";
    }

    private static string NameOf(MethodBase method)
    {
        Type? type = method.DeclaringType;
        string name = method.Name;
        // An async method or iterator runs in a nested type called <Method>d__0; a lambda is called <Method>b__0, a local function <Method>g__Name|0.
        while (type is not null && type.Name.StartsWith('<'))
        {
            if (name == "MoveNext" && StateMachine().Match(type.Name) is { Success: true } match) name = match.Groups[1].Value;
            type = type.DeclaringType;
        }

        if (LocalFunction().Match(name) is { Success: true } local) name = local.Groups[1].Value;
        else if (Lambda().IsMatch(name)) name = "lambda";
        if (name is "<Initialize>" or ".ctor" && type?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true) return "the cell's own code";
        string parameters = method.Name == "MoveNext" ? "" : string.Join(", ", method.GetParameters().Select(parameter => TypeNames.Of(parameter.ParameterType)));
        string prefix = type is null || type.Name.StartsWith("Submission#", StringComparison.Ordinal) ? "" : OutsideOfSubmission(type) + ".";
        return $"{prefix}{name.TrimStart('.')}({parameters})";
    }

    private static string OutsideOfSubmission(Type type) =>
        type.FullName is { } full && full.StartsWith("Submission#", StringComparison.Ordinal) ? TypeNames.Of(type) : $"{type.Namespace}.{TypeNames.Of(type)}".TrimStart('.');

    [GeneratedRegex("^<(.+)>d(__.*)?$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"^<.+>g__(.+?)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex("^<.+>b__")]
    private static partial Regex Lambda();
}
