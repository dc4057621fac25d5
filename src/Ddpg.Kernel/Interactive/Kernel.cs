#pragma warning disable IDE1006 // lower-case names: cells written for .NET Interactive call display(…)
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive;

/// <summary>The functions that every cell may call without a prefix: <c>display(x)</c>, <c>HTML("…")</c>. Names and meaning are .NET Interactive's.</summary>
public static class Kernel
{
    /// <summary>Shows a value now, in the running cell's output.</summary>
    /// <param name="value">Anything; null shows as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The representations to show; none means the value's own preferred ones.</param>
    /// <returns>A handle whose <see cref="DisplayedValue.Update"/> replaces what was shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => KernelInvocationContext.Required.Display(value, mimeTypes);

    /// <summary>Marks a string as HTML, so that it is shown rendered.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Runs a script in the page, where the front end allows scripts.</summary>
    public static void Javascript(string scriptContent) =>
        KernelInvocationContext.Required.Display(HTML($"<script type=\"text/javascript\">{scriptContent}</script>"), "text/html");

    /// <summary>Adds a style sheet to the page.</summary>
    public static void CSS(string content) => KernelInvocationContext.Required.Display(HTML($"<style>{content}</style>"), "text/html");

    /// <summary>Asks the reader for a line of text.</summary>
    /// <param name="prompt">Shown beside the input field.</param>
    /// <param name="typeHint"><c>text</c>, or <c>password</c> for an answer that is not shown.</param>
    /// <exception cref="InvalidOperationException">The front end has nobody to ask, as in a headless run.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text")
    {
        KernelInvocationContext context = KernelInvocationContext.Required;
        return Task.Run(() => context.Output.RequestInput(prompt, typeHint == "password", context.CancellationToken));
    }
}
