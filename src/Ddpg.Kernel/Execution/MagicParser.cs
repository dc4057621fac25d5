using Ddpg.Kernel.Execution.Packages;

namespace Ddpg.Kernel.Execution;

/// <summary>Cuts a cell at its magics, the lines that begin with <c>#!</c>, and takes its lines that name packages out of its C#.</summary>
internal static class MagicParser
{
    private const string TimeMagic = "#!time";

    private static readonly Dictionary<string, CellPartKind> Languages = new(StringComparer.Ordinal)
    {
        ["#!csharp"] = CellPartKind.CSharp,
        ["#!c#"] = CellPartKind.CSharp,
        ["#!C#"] = CellPartKind.CSharp,
        ["#!html"] = CellPartKind.Html,
        ["#!javascript"] = CellPartKind.JavaScript,
        ["#!js"] = CellPartKind.JavaScript,
        ["#!markdown"] = CellPartKind.Markdown,
        ["#!value"] = CellPartKind.Value,
    };

    private static readonly Dictionary<string, CellPartKind> Actions = new(StringComparer.Ordinal)
    {
        ["#!import"] = CellPartKind.Import,
        ["#!who"] = CellPartKind.Who,
        ["#!whos"] = CellPartKind.Whos,
        ["#!set"] = CellPartKind.Set,
        ["#!share"] = CellPartKind.Share,
        ["#!lsmagic"] = CellPartKind.ListMagics,
    };

    internal static IReadOnlyList<string> Magics { get; } = [.. Languages.Keys.Concat(Actions.Keys).Append(TimeMagic).Order(StringComparer.Ordinal)];

    internal static ParsedCell Parse(string code)
    {
        string[] lines = SplitLines(code);
        var parts = new List<CellPart>();
        var errors = new List<string>();
        bool isTimed = false;
        var open = new OpenPart(CellPartKind.CSharp, "", 0);
        for (int index = 0; index < lines.Length; index++)
        {
            (string name, string arguments) = SplitMagic(lines[index]);
            if (open.Kind == CellPartKind.CSharp && PackageDirective.IsOne(lines[index]))
            {
                open.AddPackage(lines[index], index);
                if (PackageDirective.Parse(lines[index], index + 1, out string reason) is null) errors.Add(CellError.Diagnostic(index + 1, reason));
            }
            else if (name.Length == 0)
            {
                open.Lines.Add(lines[index]);
            }
            else if (Languages.TryGetValue(name, out CellPartKind language))
            {
                open.Close(parts);
                open = new OpenPart(language, arguments, index + 1);
            }
            else if (Actions.TryGetValue(name, out CellPartKind action))
            {
                open.Close(parts);
                // Into a script a value is shared; everything else goes on in C#.
                CellPartKind next = action == CellPartKind.Share && open.Kind == CellPartKind.JavaScript ? CellPartKind.JavaScript : CellPartKind.CSharp;
                parts.Add(new(action, next == CellPartKind.JavaScript ? "#!javascript\n" : "", arguments, index + 1));
                open = new OpenPart(next, "", index + 1);
            }
            else if (name == TimeMagic)
            {
                isTimed = true;
                open.Lines.Add("");
            }
            else
            {
                errors.Add(CellError.Diagnostic(index + 1, $"Unknown magic command '{name}'. This kernel knows {string.Join(", ", Magics)}."));
            }
        }

        open.Close(parts);
        return new(parts, isTimed, errors);
    }

    /// <summary>The C# of a cell at its own lines and columns, everything else blank: for completion.</summary>
    internal static string Blank(string code)
    {
        bool isCSharp = true;
        return string.Join('\n', code.Split('\n').Select(line =>
        {
            string name = SplitMagic(line).Name;
            if (Languages.TryGetValue(name, out CellPartKind language)) isCSharp = language == CellPartKind.CSharp;
            else if (Actions.ContainsKey(name)) isCSharp = true;
            return isCSharp && name.Length == 0 && !PackageDirective.IsOne(line) ? line : new string(' ', line.Length);
        }));
    }

    internal static string[] SplitLines(string code) => code.ReplaceLineEndings("\n").Split('\n');

    private static (string Name, string Arguments) SplitMagic(string line)
    {
        string trimmed = line.Trim();
        if (!trimmed.StartsWith("#!", StringComparison.Ordinal)) return ("", "");
        int end = trimmed.IndexOfAny([' ', '\t']);
        return end < 0 ? (trimmed, "") : (trimmed[..end], trimmed[end..].Trim());
    }

    private sealed class OpenPart(CellPartKind kind, string arguments, int startLine)
    {
        private string _packages = "";
        private int _firstPackage;

        internal CellPartKind Kind { get; } = kind;

        internal List<string> Lines { get; } = [];

        /// <summary>Packages are installed before the C# around them, all at once: they have to go together.</summary>
        internal void AddPackage(string line, int index)
        {
            Lines.Add("");
            _packages += new string('\n', index - _packages.Count(c => c == '\n')) + line;
            if (_firstPackage == 0) _firstPackage = index + 1;
        }

        internal void Close(List<CellPart> parts)
        {
            if (_firstPackage > 0) parts.Add(new(CellPartKind.Packages, _packages, "", _firstPackage));
            bool isCSharp = Kind == CellPartKind.CSharp;
            if ((isCSharp || Kind == CellPartKind.JavaScript) && Lines.TrueForAll(string.IsNullOrWhiteSpace)) return;
            string text = string.Join('\n', Lines);
            parts.Add(new(Kind, isCSharp ? new string('\n', startLine) + text : text.Trim('\n'), arguments, startLine + 1));
        }
    }
}
