using System.Net;

namespace Ddpg.Checks;

/// <summary>How a notebook kernel shows a <see cref="CheckResult"/>, found by name: .NET Interactive's convention, without a reference to it.</summary>
internal sealed class CheckResultFormatters
{
    public IEnumerable<object> CreateTypeFormatters() => [new Html(), new Plain()];

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not CheckResult result)
                return false;
            // The colour repeats what symbol and words say, and the text keeps the page's own colour, so dark and light themes both work.
            string colour = result.Outcome switch { CheckOutcome.Passed => "#2e8540", CheckOutcome.Failed => "#c92a2a", _ => "#868e96" };
            writer.Write($"<div role=\"status\" style=\"border-left:4px solid {colour};padding:0.3em 0.8em;margin:0.2em 0\">");
            writer.Write($"{result.Symbol} <strong>{WebUtility.HtmlEncode(result.Name)}</strong>: {WebUtility.HtmlEncode(result.Detail)}");
            if (result.Hint is not null)
                writer.Write($"<br><em>Hint:</em> {WebUtility.HtmlEncode(result.Hint)}");
            writer.Write("</div>");
            return true;
        }
    }

    private sealed class Plain
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not CheckResult result)
                return false;
            writer.Write(result.ToString());
            return true;
        }
    }
}

/// <summary>The attribute that kernels look for by its name.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = ["text/html", "text/plain"];
}
