using System.Data;
using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Interactive;

/// <summary>Upstream's formatters, with plain text beside their HTML: a front end takes the one it can show, and a saved notebook can be read without either.</summary>
internal static class ValueFormats
{
    /// <summary>Says so to the formatter, unless it is said already; <c>Formatter.ResetToDefault()</c> in a cell forgets it.</summary>
    internal static void Prefer()
    {
        if (Formatter.GetPreferredMimeTypesFor(typeof(object)).Count > 1) return;
        Formatter.SetPreferredMimeTypesFor(typeof(object), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(IHtmlContent), HtmlFormatter.MimeType);
        // Upstream shows a data table's properties.
        Formatter.Register<DataTable>((table, writer) => Write(table, row => writer.Write(string.Join("  ", row) + "\n")));
        Formatter.Register<DataTable>(WriteHtml, HtmlFormatter.MimeType);
    }

    private static void WriteHtml(DataTable table, TextWriter writer)
    {
        string cell = "th";
        writer.Write("<table>");
        Write(table, row =>
        {
            writer.Write($"<tr>{string.Concat(row.Select(text => $"<{cell}>{WebUtility.HtmlEncode(text)}</{cell}>"))}</tr>");
            cell = "td";
        });
        writer.Write("</table>");
    }

    /// <summary>The names of the columns, then a row after the other, as many as upstream shows of a list.</summary>
    private static void Write(DataTable table, Action<string[]> writeRow)
    {
        writeRow([.. table.Columns.Cast<DataColumn>().Select(column => column.ColumnName)]);
        foreach (DataRow row in table.Rows.Cast<DataRow>().Take(Formatter.ListExpansionLimit))
            writeRow([.. row.ItemArray.Select(value => value is DBNull ? Formatter.NullString : value.ToDisplayString())]);
        int more = table.Rows.Count - Formatter.ListExpansionLimit;
        if (more > 0) writeRow([$"({more} more)"]);
    }
}
