using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ddpg.Kernel.Notebooks;

/// <summary>The <c>-p name=value</c> of a run: assignments put into a cell of their own after the one tagged <c>parameters</c>.</summary>
internal static class Parameters
{
    internal const string Tag = "parameters";
    internal const string InjectedTag = "injected-parameters";

    /// <exception cref="NotebookException">No cell is tagged, or a name is not declared in it; the message lists the declared ones.</exception>
    internal static void Inject(Notebook notebook, string path, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        if (values.Count == 0) return;
        List<NotebookCell> cells = [.. notebook.Cells];
        int index = cells.FindIndex(cell => cell.IsCode && cell.Tags.Contains(Tag));
        if (index < 0) throw new NotebookException($"{path}: -p needs a code cell tagged \"{Tag}\", and this notebook has none.");
        Dictionary<string, VariableDeclarationSyntax> declared = DeclaredIn(cells[index].Source);
        var code = new StringBuilder();
        foreach ((string name, string value) in values)
        {
            if (!declared.TryGetValue(name, out VariableDeclarationSyntax? declaration))
                throw new NotebookException($"{path}: -p {name}: the parameters cell declares no variable of that name. It declares: {string.Join(", ", declared.Keys)}.");
            code.Append(CultureInfo.InvariantCulture, $"{name} = {Literal(TypeOf(declaration, name), value)};\n");
        }

        notebook.InsertCodeCell(index + 1, code.ToString().TrimEnd('\n'), InjectedTag);
    }

    private static Dictionary<string, VariableDeclarationSyntax> DeclaredIn(string source)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(Execution.MagicParser.Blank(source), Execution.ScriptCompiler.ParseOptions).GetRoot();
        IEnumerable<VariableDeclarationSyntax> declarations = root.Members.Select(member => member switch
        {
            FieldDeclarationSyntax field => field.Declaration,
            GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration,
            _ => null,
        }).OfType<VariableDeclarationSyntax>();
        return declarations.SelectMany(declaration => declaration.Variables.Select(variable => (variable.Identifier.Text, declaration)))
            .DistinctBy(pair => pair.Text).ToDictionary(pair => pair.Text, pair => pair.declaration, StringComparer.Ordinal);
    }

    /// <summary>The declared type, or for <c>var</c> the one that the initial value's literal has.</summary>
    private static string TypeOf(VariableDeclarationSyntax declaration, string name)
    {
        string type = declaration.Type.ToString();
        if (type != "var") return type.TrimEnd('?');
        ExpressionSyntax? value = declaration.Variables.First(variable => variable.Identifier.Text == name).Initializer?.Value;
        while (value is PrefixUnaryExpressionSyntax { Operand: { } operand })
            value = operand;
        return (value as LiteralExpressionSyntax)?.Token.Value switch
        {
            string => "string",
            float => "float",
            double => "double",
            decimal => "decimal",
            int => "int",
            long => "long",
            _ => "",
        };
    }

    /// <summary>The value as C#, so that the compiler judges it: <c>1e4</c> is 10000 for an integer, text needs no quotes for a string.</summary>
    private static string Literal(string type, string value)
    {
        bool isQuoted = value.Length >= 2 && value[0] == '"' && value[^1] == '"';
        if (type == "string") return isQuoted || value == "null" ? value : SymbolDisplay.FormatLiteral(value, quote: true);
        bool isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        if (type is "int" or "long" or "uint" or "ulong" or "short" or "byte")
            return isNumber && number == Math.Floor(number) && Math.Abs(number) < 1e15 ? ((long)number).ToString(CultureInfo.InvariantCulture) : value;
        if (type is "float" or "double" or "decimal" && isNumber && double.IsFinite(number)) return $"{value}{(type == "float" ? "f" : type == "decimal" ? "m" : "d")}";
        return type == "bool" ? value.ToLowerInvariant() : value;
    }
}
