namespace Ddpg.Viewing;

/// <summary>How a notebook kernel shows an <see cref="IPlayer"/>, found by name: .NET Interactive's convention, without a reference to it.</summary>
internal sealed class PlayerFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Html(), .. new PictureFormatterSource().CreateTypeFormatters()];

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not IPlayer player) return false;
            writer.Write(player.ToHtml());
            return true;
        }
    }
}
