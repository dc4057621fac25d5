namespace Ddpg.Charts;

/// <summary>How text is drawn. <paramref name="Class"/> names the theme's colour; <paramref name="Colour"/> overrides it.</summary>
internal sealed record TextStyle(double Size, string Class = "fg", string Anchor = "start", double Rotation = 0, string? Colour = null, bool Bold = false, bool Halo = false, string? Family = null)
{
    /// <summary>This style with what the user's font sets.</summary>
    public TextStyle With(Members font) => this with
    {
        Size = font.Number("size") ?? Size,
        Colour = font.Text("color") ?? Colour,
        Family = font.Text("family") ?? Family,
    };
}
