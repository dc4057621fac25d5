namespace Ddpg.Viewing;

/// <summary>What shows itself in a notebook as a picture.</summary>
internal interface IPicture
{
    /// <summary>The picture as SVG, which needs no other file and no network.</summary>
    string ToSvg();
}
