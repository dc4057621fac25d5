using System.Text.Encodings.Web;

namespace Microsoft.AspNetCore.Html;

/// <summary>Content that is HTML already: a kernel shows it as it is, where it would encode a string. Same name and shape as in .NET Interactive's cells.</summary>
public interface IHtmlContent
{
    /// <summary>Writes the HTML.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="encoder">For parts that are plain text.</param>
    void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>A string that is HTML.</summary>
/// <param name="value">The HTML; null is empty.</param>
public sealed class HtmlString(string? value) : IHtmlContent
{
    /// <summary>The HTML as it was given.</summary>
    public string? Value { get; } = value;

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Value);
    }

    /// <summary>The HTML, or an empty string.</summary>
    public override string ToString() => Value ?? "";
}
