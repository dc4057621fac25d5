namespace Ddpg.Environments;

/// <summary>An environment that can draw itself as it stands now.</summary>
public interface IDrawable
{
    /// <summary>What a picture should show; the same for every frame.</summary>
    DrawingBounds Bounds { get; }

    /// <summary>Draws the present moment.</summary>
    /// <param name="drawing">Where to.</param>
    void Draw(IDrawing drawing);
}
