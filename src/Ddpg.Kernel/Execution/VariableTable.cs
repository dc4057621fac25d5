using System.Net;
using System.Reflection;
using System.Text;
using Ddpg.Kernel.Formatting;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Execution;

/// <param name="Name">As the cell declared it.</param>
/// <param name="Type">The declared type.</param>
/// <param name="Value">The present value.</param>
internal sealed record Variable(string Name, Type Type, object? Value);

/// <summary>The session's variables: fields of the submissions' objects, of which a later one hides an earlier one of its name.</summary>
internal static class VariableTable
{
    internal static IReadOnlyList<Variable> Of(IEnumerable<object?> submissions)
    {
        var variables = new Dictionary<string, Variable>(StringComparer.Ordinal);
        foreach (object? submission in submissions)
        {
            foreach (FieldInfo field in submission?.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) ?? [])
            {
                if (!field.Name.StartsWith('<')) variables[field.Name] = new(field.Name, field.FieldType, field.GetValue(submission));
            }
        }

        return [.. variables.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];
    }

    /// <summary>Gives the latest variable of a name a value.</summary>
    internal static void Set(IEnumerable<object?> submissions, string name, object? value)
    {
        foreach (object? submission in submissions.Reverse())
        {
            if (submission?.GetType().GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) is not { } field) continue;
            field.SetValue(submission, value);
            return;
        }
    }

    internal static MimeBundle Describe(IReadOnlyList<Variable> variables, bool withDetails)
    {
        var html = new StringBuilder(withDetails ? "<table><thead><tr><th>Variable</th><th>Type</th><th>Value</th></tr></thead><tbody>" : "<table><tbody>");
        var text = new StringBuilder();
        foreach (Variable variable in variables)
        {
            string value = variable.Value.ToDisplayString(PlainTextSummaryFormatter.MimeType);
            if (value.Length > 100) value = string.Concat(value.AsSpan(0, 100), "…");
            string[] cells = withDetails ? [variable.Name, TypeNames.Of(variable.Type), value] : [variable.Name];
            html.Append("<tr>").AppendJoin("", cells.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>")).Append("</tr>");
            text.AppendJoin("  ", cells).Append('\n');
        }

        return new MimeBundle { { "text/html", html.Append("</tbody></table>").ToString() }, { "text/plain", text.ToString() } };
    }
}
