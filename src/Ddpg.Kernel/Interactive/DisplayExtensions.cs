using Ddpg.Kernel.Formatting;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive;

namespace System;

/// <summary><c>x.Display()</c>, as in .NET Interactive's cells.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value now, in the running cell's output.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="mimeTypes">The representations to show; none means the value's own preferred ones.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => KernelInvocationContext.Required.Display(value, mimeTypes);

    /// <summary>Shows text that is in the given MIME type already, for example <c>text/markdown</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => KernelInvocationContext.Required.DisplayAs(value, mimeType);

    /// <summary>Shows a sequence as a table, a row an item.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> source) =>
        KernelInvocationContext.Required.Display(new HtmlString(ObjectHtml.Table(source.Cast<object?>())), "text/html");
}
