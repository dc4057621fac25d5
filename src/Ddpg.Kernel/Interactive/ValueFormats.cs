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
    }
}
