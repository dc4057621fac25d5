namespace Ddpg.Viewing;

/// <summary>How a notebook kernel shows an <see cref="EpisodePlayer"/>, found by name: .NET Interactive's convention, without a reference to it.</summary>
internal sealed class EpisodePlayerFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Html(), new Still(), new Plain()];

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not EpisodePlayer player) return false;
            writer.Write(player.ToHtml());
            return true;
        }
    }

    private sealed class Still
    {
        public string MimeType => "image/svg+xml";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not EpisodePlayer player) return false;
            writer.Write(player.ToSvg());
            return true;
        }
    }

    private sealed class Plain
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not EpisodePlayer player) return false;
            writer.Write(player.ToString());
            return true;
        }
    }
}
