using System.Net;
using System.Text;

namespace Ddpg.Kernel.Pages;

/// <summary>Recursive descent over the subset of LaTeX that notebooks of this field use: fractions, roots, scripts, fonts, accents, fences, environments.</summary>
internal sealed class MathParser(string latex, bool isDisplay)
{
    private const int DeepestNesting = 64;
    private readonly MathTokens _tokens = new(latex);
    private int _depth;

    internal string Parse()
    {
        string content = Row(end: null);
        return _tokens.Peek() is { } rest ? throw new MathSyntaxException($"{rest} has no beginning") : content;
    }

    /// <summary>Everything up to a token that ends a group, which is left for the caller.</summary>
    private string Row(params IReadOnlyList<string>? end)
    {
        if (++_depth > DeepestNesting) throw new MathSyntaxException("nested too deeply");
        var row = new StringBuilder();
        while (_tokens.Peek() is { } next && !(end?.Contains(next) ?? false))
        {
            if (next is "}" or "&" or "\\\\" or "\\right" or "\\end") break;
            if (next is "\\displaystyle" or "\\textstyle" or "\\limits" or "\\nolimits" or "\\nonumber" or "\\notag") _tokens.Read();
            else row.Append(WithScripts());
        }

        _depth--;
        return row.ToString();
    }

    private string WithScripts()
    {
        (string body, bool takesLimits) = Atom();
        if (_tokens.Peek() is "\\limits" or "\\nolimits") takesLimits = _tokens.Read() == "\\limits";
        string? below = null;
        string? above = null;
        while (true)
        {
            if (_tokens.TryRead("_")) below = Once(below, Argument());
            else if (_tokens.TryRead("^")) above = Once(above, Argument());
            else if (_tokens.Peek() == "'") body = $"<mrow>{body}{Primes()}</mrow>";
            else break;
        }

        if (below is null && above is null) return body;
        string name = (takesLimits, below, above) switch
        {
            (true, not null, not null) => "munderover",
            (true, not null, null) => "munder",
            (true, null, _) => "mover",
            (false, not null, not null) => "msubsup",
            (false, not null, null) => "msub",
            _ => "msup",
        };
        return $"<{name}>{Group(body)}{(below is null ? "" : Group(below))}{(above is null ? "" : Group(above))}</{name}>";

        static string Once(string? existing, string script) => existing is null ? script : throw new MathSyntaxException("two scripts in one place");
    }

    /// <summary>Not as a superscript: the character is raised and small by itself in text fonts, and would hardly be seen.</summary>
    private string Primes()
    {
        int count = 0;
        while (_tokens.TryRead("'"))
            count++;
        return $"<mtext class=\"prime\">{new string('′', count)}</mtext>";
    }

    /// <summary>A command's argument: a group in braces, or the next atom, which of a number is one digit.</summary>
    private string Argument()
    {
        if (_tokens.Peek() is [>= '0' and <= '9']) return $"<mn>{_tokens.Read()}</mn>";
        if (!_tokens.TryRead("{")) return Atom().MathMl;
        string content = Row();
        return _tokens.TryRead("}") ? Group(content) : throw new MathSyntaxException("a brace is not closed");
    }

    private (string MathMl, bool TakesLimits) Atom()
    {
        string token = _tokens.Read() ?? throw new MathSyntaxException("the formula ends where something is expected");
        if (token[0] != '\\') return (Character(token), false);
        string name = token[1..];
        if (MathSymbols.Identifiers.TryGetValue(name, out string? letter)) return (char.IsUpper(name[0]) || !char.IsLetter(letter[0]) ? $"<mi mathvariant=\"normal\">{letter}</mi>" : $"<mi>{letter}</mi>", false);
        if (MathSymbols.Operators.TryGetValue(name, out string? symbol)) return ($"<mo>{WebUtility.HtmlEncode(symbol)}</mo>", false);
        if (MathSymbols.Large.TryGetValue(name, out string? large)) return ($"<mo>{large}</mo>", isDisplay && large is not ("∫" or "∬" or "∮"));
        if (MathSymbols.LimitFunctions.Contains(name)) return (Function(name switch { "argmax" => "arg max", "argmin" => "arg min", _ => name }), isDisplay);
        if (MathSymbols.Functions.Contains(name)) return (Function(name), false);
        if (MathSymbols.Spaces.TryGetValue(name, out string? width)) return ($"<mspace width=\"{width}\"/>", false);
        if (MathSymbols.Accents.TryGetValue(name, out string? accent)) return ($"<mover accent=\"true\">{Argument()}<mo stretchy=\"{(name.StartsWith("wide", StringComparison.Ordinal) || name == "overline" ? "true" : "false")}\">{accent}</mo></mover>", false);
        return Command(name);
    }

    private (string MathMl, bool TakesLimits) Command(string name) => name switch
    {
        "frac" or "dfrac" or "tfrac" or "cfrac" => ($"<mfrac>{Argument()}{Argument()}</mfrac>", false),
        "binom" => ($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac><mo>)</mo></mrow>", false),
        "sqrt" => (Root(), false),
        "text" or "textrm" or "mbox" or "textit" or "textbf" or "texttt" => (Text(name), false),
        "mathrm" or "operatorname" or "mathsf" or "mathtt" => (Upright(name), name == "operatorname" && isDisplay && _tokens.TryRead("*")),
        "mathbb" => (Styled(MathAlphabet.DoubleStruck), false),
        "mathcal" or "mathscr" => (Styled(MathAlphabet.Script), false),
        "mathbf" or "boldsymbol" or "bm" or "pmb" => (Styled(MathAlphabet.Bold), false),
        "mathfrak" or "mathit" => (Argument(), false),
        "left" => (Fenced(), false),
        "big" or "Big" or "bigg" or "Bigg" or "bigl" or "bigr" or "Bigl" or "Bigr" or "biggl" or "biggr" or "Biggl" or "Biggr" or "middle" or "bigm" or "Bigm" => (Sized(name), false),
        "underbrace" => ($"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>", true),
        "overbrace" => ($"<mover>{Argument()}<mo stretchy=\"true\">⏞</mo></mover>", true),
        "underset" => (Stacked("munder"), false),
        "overset" or "stackrel" => (Stacked("mover"), false),
        "underline" => ($"<munder>{Argument()}<mo stretchy=\"true\">_</mo></munder>", false),
        "boxed" => ($"<mrow style=\"border:1px solid;padding:0.2em\">{Argument()}</mrow>", false),
        "tag" => ($"<mspace width=\"2em\"/><mtext>({WebUtility.HtmlEncode(_tokens.ReadRawGroup())})</mtext>", false),
        "begin" => (Environment(), false),
        " " => ("<mspace width=\"0.25em\"/>", false),
        _ => throw new MathSyntaxException($"\\{name} is not known"),
    };

    private string Character(string token)
    {
        if (token == "{")
        {
            string content = Row();
            return _tokens.TryRead("}") ? Group(content) : throw new MathSyntaxException("a brace is not closed");
        }

        char first = token[0];
        if (char.IsAsciiDigit(first) || (first == '.' && _tokens.Peek() is [>= '0' and <= '9'])) return Number(token);
        if (first is '_' or '^' or '&' or '#' or '%' or '$') throw new MathSyntaxException($"{first} stands alone");
        if (first == '-') return "<mo>−</mo>";
        if (first is '(' or ')' or '[' or ']' or '|') return $"<mo stretchy=\"false\">{first}</mo>";
        if (first == ',') return "<mo separator=\"true\">,</mo>";
        return char.IsLetter(first) || token.Length > 1 ? $"<mi>{token}</mi>" : $"<mo>{WebUtility.HtmlEncode(token)}</mo>";
    }

    private string Number(string first)
    {
        var digits = new StringBuilder(first);
        while (_tokens.Peek() is [(>= '0' and <= '9') or '.'] && !(_tokens.Peek() == "." && digits.ToString().Contains('.', StringComparison.Ordinal)))
            digits.Append(_tokens.Read());
        // A full stop that ends the sentence is no decimal point.
        return digits[^1] == '.' ? $"<mn>{digits.ToString(0, digits.Length - 1)}</mn><mo>.</mo>" : $"<mn>{digits}</mn>";
    }

    private string Root()
    {
        if (!_tokens.TryRead("[")) return $"<msqrt>{Argument()}</msqrt>";
        string index = Row("]");
        return _tokens.TryRead("]") ? $"<mroot>{Argument()}{Group(index)}</mroot>" : throw new MathSyntaxException("a bracket is not closed");
    }

    private string Text(string command)
    {
        string text = _tokens.ReadRawGroup();
        if (text.Contains('$', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal)) throw new MathSyntaxException("formula inside text");
        string style = command switch { "textbf" => " style=\"font-weight:bold\"", "textit" => " style=\"font-style:italic\"", "texttt" => " style=\"font-family:monospace\"", _ => "" };
        // Spaces at the ends of an mtext are dropped by browsers unless they do not break.
        return $"<mtext{style}>{WebUtility.HtmlEncode(text).Replace(' ', '\u00A0')}</mtext>";
    }

    private string Upright(string command)
    {
        if (command == "operatorname") _ = _tokens.TryRead("*");
        string text = _tokens.ReadRawGroup().Replace("\\,", " ", StringComparison.Ordinal).Replace("\\ ", " ", StringComparison.Ordinal);
        if (text.Contains('\\', StringComparison.Ordinal)) return new MathParser(text, isDisplay).Parse();
        return command == "operatorname" ? Function(text) : $"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(text)}</mi>";
    }

    private string Styled(Func<string, string> alphabet)
    {
        string text = _tokens.ReadRawGroup();
        if (text.Contains('\\', StringComparison.Ordinal)) return $"<mrow style=\"font-weight:bold\">{new MathParser(text, isDisplay).Parse()}</mrow>";
        return $"<mi mathvariant=\"normal\">{alphabet(WebUtility.HtmlEncode(text.Trim()))}</mi>";
    }

    private string Stacked(string element)
    {
        string small = Argument();
        return $"<{element}>{Argument()}{small}</{element}>";
    }

    private string Fenced()
    {
        string open = Delimiter();
        string content = Row();
        while (_tokens.TryRead("\\middle"))
            content += $"<mo stretchy=\"true\" fence=\"true\">{Delimiter()}</mo>" + Row();
        if (!_tokens.TryRead("\\right")) throw new MathSyntaxException("\\left without \\right");
        return $"<mrow>{Fence(open)}{content}{Fence(Delimiter())}</mrow>";

        static string Fence(string delimiter) => delimiter.Length == 0 ? "" : $"<mo stretchy=\"true\" fence=\"true\">{delimiter}</mo>";
    }

    private string Sized(string name)
    {
        string size = char.ToLowerInvariant(name[0]) == 'm' ? "1.2em" : name.StartsWith("bigg", StringComparison.OrdinalIgnoreCase) ? "2.4em" : name[0] == 'B' ? "1.8em" : "1.2em";
        return $"<mo stretchy=\"true\" minsize=\"{size}\" maxsize=\"{size}\">{Delimiter()}</mo>";
    }

    private string Delimiter()
    {
        string token = _tokens.Read() ?? throw new MathSyntaxException("a delimiter is missing");
        if (token == ".") return "";
        if (token[0] != '\\') return WebUtility.HtmlEncode(token);
        return MathSymbols.Operators.TryGetValue(token[1..], out string? symbol) ? WebUtility.HtmlEncode(symbol) : throw new MathSyntaxException($"{token} is no delimiter");
    }

    private string Environment()
    {
        string name = _tokens.ReadRawGroup().TrimEnd('*');
        if (name == "array") _tokens.ReadRawGroup();
        var rows = new List<List<string>> { new() };
        while (true)
        {
            rows[^1].Add(Row());
            if (_tokens.TryRead("&")) continue;
            if (!_tokens.TryRead("\\\\")) break;
            if (_tokens.TryRead("[")) SkipBracket();
            rows.Add([]);
        }

        if (!_tokens.TryRead("\\end") || _tokens.ReadRawGroup().TrimEnd('*') != name) throw new MathSyntaxException($"\\begin{{{name}}} without its end");
        if (rows[^1].TrueForAll(cell => cell.Length == 0)) rows.RemoveAt(rows.Count - 1);
        return Table(name, rows);
    }

    private void SkipBracket()
    {
        while (_tokens.Read() is { } token && token != "]")
            continue;
    }

    private static string Table(string name, List<List<string>> rows)
    {
        bool isAligned = name is "aligned" or "align" or "split" or "eqnarray";
        string Style(int column) => isAligned ? $" style=\"text-align:{(column % 2 == 0 ? "right" : "left")};padding:0.25em 0\"" : name == "cases" ? " style=\"text-align:left;padding:0.2em 0.5em 0.2em 0\"" : "";
        var table = new StringBuilder(name is "aligned" or "align" or "split" or "cases" or "gathered" or "gather" or "eqnarray" ? "<mtable displaystyle=\"true\">" : "<mtable>");
        foreach (List<string> row in rows)
        {
            table.Append("<mtr>");
            for (int column = 0; column < row.Count; column++)
                table.Append("<mtd").Append(Style(column)).Append('>').Append(row[column]).Append("</mtd>");
            table.Append("</mtr>");
        }

        table.Append("</mtable>");
        (string open, string close) = name switch
        {
            "cases" => ("{", ""),
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "vmatrix" => ("|", "|"),
            "Bmatrix" => ("{", "}"),
            "aligned" or "align" or "split" or "matrix" or "array" or "gathered" or "gather" or "eqnarray" or "equation" => ("", ""),
            _ => throw new MathSyntaxException($"the environment {name} is not known"),
        };
        return $"<mrow>{(open.Length > 0 ? $"<mo stretchy=\"true\" fence=\"true\">{open}</mo>" : "")}{table}{(close.Length > 0 ? $"<mo stretchy=\"true\" fence=\"true\">{close}</mo>" : "")}</mrow>";
    }

    private static string Function(string name) => $"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(name)}</mi><mspace width=\"0.167em\"/>";

    private static string Group(string content) => $"<mrow>{content}</mrow>";
}
