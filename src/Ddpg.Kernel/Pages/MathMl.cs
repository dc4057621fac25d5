using System.Net;

namespace Ddpg.Kernel.Pages;

/// <summary>LaTeX mathematics as MathML, which browsers draw without a script. What is not understood is shown as its source.</summary>
internal static class MathMl
{
    internal static string Of(string latex, bool isDisplay)
    {
        string source = latex.Trim();
        string encoded = WebUtility.HtmlEncode(source);
        try
        {
            string content = new MathParser(source, isDisplay).Parse();
            string annotation = $"<annotation encoding=\"application/x-tex\">{encoded}</annotation>";
            return $"<math{(isDisplay ? " display=\"block\"" : "")}><semantics><mrow>{content}</mrow>{annotation}</semantics></math>";
        }
        catch (MathSyntaxException)
        {
            // A formula as its source is readable; half a formula would be wrong.
            return isDisplay ? $"<pre class=\"tex\">{encoded}</pre>" : $"<code class=\"tex\">{encoded}</code>";
        }
    }
}

/// <summary>A formula that this converter does not understand.</summary>
internal sealed class MathSyntaxException(string message) : Exception(message);
