using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ddpg.Kernel.Formatting;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Ddpg.Kernel.Interactive;

/// <summary>What upstream's <c>display</c>, <c>Display</c> and <c>Update</c> show, brought to the output of the cell that shows it.</summary>
internal static partial class Displays
{
    // Keyed by the object, not by the text: each display has a copy of its first MIME type of its own.
    private static readonly ConditionalWeakTable<string, string> IdsByMimeType = [];

    /// <summary>Takes the place of upstream's handler, once for the process. Its events would be kept in memory until the cell ends, and nothing that comes later would be shown.</summary>
    internal static void Install()
    {
        // Its constructor sets upstream's handler.
        RuntimeHelpers.RunClassConstructor(typeof(Microsoft.DotNet.Interactive.Kernel).TypeHandle);
        UpstreamInternals.DisplayHandler() = Show;
    }

    /// <summary>Brings a kernel's event to the output of the running cell.</summary>
    internal static void Show(KernelEvent kernelEvent)
    {
        if (RunningCell.Current is not { } cell) return;
        try
        {
            switch (kernelEvent)
            {
                case ReturnValueProduced result:
                    cell.Output.ExecuteResult(BundleOf(result.FormattedValues));
                    break;
                case DisplayedValueProduced shown:
                    cell.Output.Display(BundleOf(shown.FormattedValues), shown.ValueId ?? Guid.NewGuid().ToString());
                    break;
                case DisplayedValueUpdated updated:
                    cell.Output.UpdateDisplay(BundleOf(updated.FormattedValues), updated.ValueId);
                    break;
                case StandardOutputValueProduced text:
                    cell.Output.WriteStandardOutput(TextOf(text));
                    break;
                case StandardErrorValueProduced text:
                    cell.Output.WriteStandardError(TextOf(text));
                    break;
            }
        }
        catch (ThreadInterruptedException)
        {
            // An exception here would end upstream's subscription; the cell gets it at its next wait.
            Thread.CurrentThread.Interrupt();
        }
        catch (OperationCanceledException)
        {
            // Likewise: the cell meets its stop flag in its next loop turn or write.
            return;
        }
    }

    private static void Show(DisplayedValue value)
    {
        if (RunningCell.Current is not { } cell)
        {
            Formatter.WriteToConsole(value);
            return;
        }

        MimeBundle bundle = BundleOf(value.FormattedValues);
        if (!value.IsUpdated) cell.Output.Display(bundle, Remember(value));
        else cell.Output.UpdateDisplay(bundle, IdOf(value) ?? value.DisplayId);
    }

    /// <summary>
    /// Upstream's <c>Display</c> and <c>DisplayAs</c> tell of one object and return another, with another display id: its Update would be lost. The two share their formatted
    /// values, and Update keeps the MIME types' string objects; a copy of the first one leads from the object that the cell holds to the id that was shown.
    /// </summary>
    private static string Remember(DisplayedValue value)
    {
        if (value.FormattedValues is [var first, ..])
        {
            string own = new(first.MimeType.AsSpan());
            UpstreamInternals.MimeType(first) = own;
            IdsByMimeType.Add(own, value.DisplayId);
        }

        return value.DisplayId;
    }

    private static string? IdOf(DisplayedValue value) =>
        value.FormattedValues is [{ MimeType: var mimeType }, ..] && IdsByMimeType.TryGetValue(mimeType, out string? id) ? id : null;

    private static MimeBundle BundleOf(IEnumerable<FormattedValue> values)
    {
        var bundle = new MimeBundle();
        foreach (FormattedValue value in values)
            bundle.Add(value.MimeType, value.MimeType == HtmlFormatter.MimeType ? WithoutStyleSheet(value.Value) : value.Value);
        return bundle;
    }

    /// <summary>Upstream repeats forty lines of style with every value. Front ends and this kernel's pages have their own for tables, in light and in dark, and a saved notebook is to be read.</summary>
    private static string WithoutStyleSheet(string html)
    {
        const string End = "</style>";
        Match sheet = StyleSheet().Match(html);
        int end = sheet.Success ? html.IndexOf(End, sheet.Index, StringComparison.Ordinal) : -1;
        return end < 0 ? html : html.Remove(sheet.Index, end + End.Length - sheet.Index);
    }

    [GeneratedRegex(@"<style>\s+\.dni-code-hint \{")]
    private static partial Regex StyleSheet();

    private static string TextOf(DisplayEvent text) => string.Concat(text.FormattedValues.Select(value => value.Value));
}
