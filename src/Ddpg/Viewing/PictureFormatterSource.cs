namespace Ddpg.Viewing;

/// <summary>How a notebook kernel shows an <see cref="IPicture"/>, found by name: .NET Interactive's convention, without a reference to it.</summary>
internal sealed class PictureFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new Svg(), new Plain()];

    private sealed class Svg
    {
        public string MimeType => "image/svg+xml";

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not IPicture picture) return false;
            writer.Write(picture.ToSvg());
            return true;
        }
    }

    private sealed class Plain
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(instance.ToString());
            return true;
        }
    }
}
