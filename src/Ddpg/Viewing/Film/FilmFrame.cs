using System.Globalization;
using Ddpg.Charts;

namespace Ddpg.Viewing.Film;

/// <summary>The SVG around a picture of a film: title and description for screen readers, light or dark as the reader prefers.</summary>
internal static class FilmFrame
{
    public static string Around(string title, string description, string body, double width, double height)
    {
        string id = ContentId.Of(body);
        string size = string.Create(CultureInfo.InvariantCulture, $"width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\" aria-labelledby=\"{id}-t {id}-d\" style=\"max-width:100%;height:auto\">" +
            $"<title id=\"{id}-t\">{SvgText.Escape(title)}</title><desc id=\"{id}-d\">{SvgText.Escape(description)}</desc><style>{Theme.DarkStyle(id)}</style>" +
            $"<g id=\"{id}\" font-family=\"{Theme.FontFamily}\"><rect class=\"bg\" width=\"100%\" height=\"100%\" fill=\"{Theme.Background}\"/>{body}</g></svg>";
    }
}
