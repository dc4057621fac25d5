using Ddpg.Kernel.Formatting;

namespace Microsoft.DotNet.Interactive;

/// <summary>Something that a cell has shown, and can still change: a progress bar, a live curve.</summary>
public sealed class DisplayedValue
{
    private readonly KernelInvocationContext _context;
    private readonly string[] _mimeTypes;

    internal DisplayedValue(KernelInvocationContext context, string displayId, string[] mimeTypes)
    {
        _context = context;
        _mimeTypes = mimeTypes;
        DisplayId = displayId;
    }

    /// <summary>The name under which front ends know this output.</summary>
    public string DisplayId { get; }

    /// <summary>What is shown at present.</summary>
    public object? Value { get; private set; }

    /// <summary>What is shown at present, in every representation.</summary>
    public IReadOnlyCollection<FormattedValue> FormattedValues { get; private set; } = [];

    /// <summary>Whether <see cref="Update"/> was called.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>Replaces what is shown, in place, with the MIME types of the first display. A plain string is shown as text: pass <c>HTML("…")</c> for markup.</summary>
    public void Update(object? updatedValue)
    {
        IsUpdated = true;
        _context.Output.UpdateDisplay(Format(updatedValue), DisplayId);
    }

    internal void Show(object? value) => _context.Output.Display(Format(value), DisplayId);

    private MimeBundle Format(object? value)
    {
        Value = value;
        MimeBundle bundle = _context.Formatters.Format(value, _mimeTypes);
        FormattedValues = [.. bundle.Select(entry => new FormattedValue(entry.Key, entry.Value))];
        return bundle;
    }
}

/// <summary>A value as text of one MIME type.</summary>
/// <param name="MimeType">For example <c>text/html</c>.</param>
/// <param name="Value">The text; base64 for images other than SVG.</param>
public sealed record FormattedValue(string MimeType, string Value);
