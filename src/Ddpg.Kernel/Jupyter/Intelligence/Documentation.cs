using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Ddpg.Kernel.Jupyter.Intelligence;

/// <summary>A member's XML documentation, to be read as text.</summary>
internal sealed partial class Documentation
{
    private readonly XElement _member;

    private Documentation(XElement member) => _member = member;

    /// <summary>A symbol's documentation, or that of the member it inherits it from; null when there is none.</summary>
    public static Documentation? Find(ISymbol symbol)
    {
        for (ISymbol? current = symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : symbol; current is not null; current = Base(current))
        {
            if (Parse(current.OriginalDefinition.GetDocumentationCommentXml()) is { Inherits: false } found) return found;
        }

        return null;
    }

    private bool Inherits => _member.Elements().All(element => element.Name == "inheritdoc") && _member.Elements("inheritdoc").Any();

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        IMethodSymbol or IPropertySymbol => symbol.ContainingType?.AllInterfaces
            .SelectMany(type => type.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
        _ => null,
    };

    private static Documentation? Parse(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml)) return null;
        try
        {
            // Of cells' own comments the compiler gives the member element too, but of some symbols only what is in it.
            XElement member = XElement.Parse(xml.TrimStart().StartsWith("<member", StringComparison.Ordinal) ? xml : $"<member>{xml}</member>");
            return member.HasElements ? new Documentation(member) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Summary, parameters and result; with <paramref name="detailed"/> exceptions and remarks too.</summary>
    public string ToText(bool detailed)
    {
        List<string> lines = [];
        Add(lines, "", _member.Element("summary"));
        foreach (XElement parameter in _member.Elements("typeparam").Concat(_member.Elements("param"))) Add(lines, $"{parameter.Attribute("name")?.Value}: ", parameter);
        Add(lines, "Returns: ", _member.Element("returns"));
        Add(lines, "Value: ", _member.Element("value"));
        if (detailed)
        {
            foreach (XElement exception in _member.Elements("exception")) Add(lines, $"Throws {Reference(exception)}: ", exception);
            Add(lines, "", _member.Element("remarks"));
            Add(lines, "Example: ", _member.Element("example"));
        }

        return string.Join('\n', lines);
    }

    private static void Add(List<string> lines, string label, XElement? element)
    {
        if (element is null) return;
        StringBuilder text = new();
        Append(text, element);
        string plain = Spaces().Replace(text.ToString(), " ").Trim();
        plain = string.Join('\n', plain.Split('\u2028').Select(line => line.Trim()).Where(line => line.Length > 0));
        if (plain.Length > 0) lines.Add(label + plain);
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText plain) text.Append(plain.Value);
            else if (node is XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference) text.Append(reference.IsEmpty ? Reference(reference) : reference.Value);
            else if (node is XElement { Name.LocalName: "br" }) text.Append('\u2028');
            else if (node is XElement { Name.LocalName: "para" or "item" or "code" or "list" } block)
            {
                text.Append('\u2028');
                Append(text, block);
                text.Append('\u2028');
            }
            else if (node is XElement inner) Append(text, inner);
        }
    }

    // "M:System.String.Substring(System.Int32)" reads as "String.Substring".
    private static string Reference(XElement element)
    {
        string target = element.Attribute("cref")?.Value ?? element.Attribute("name")?.Value ?? element.Attribute("langword")?.Value ?? element.Attribute("href")?.Value ?? "";
        if (target.Length < 2 || target[1] != ':') return target;
        string[] parts = target[2..].Split('(')[0].Split('.');
        string last = parts[^1].Split('`')[0];
        return target[0] == 'T' || parts.Length < 2 ? last : $"{parts[^2].Split('`')[0]}.{last}";
    }

    [GeneratedRegex(@"[^\S\u2028]+")]
    private static partial Regex Spaces();
}
