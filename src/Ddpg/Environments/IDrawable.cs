namespace Ddpg.Environments;

/// <summary>An environment that can draw itself as it stands now.</summary>
public interface IDrawable
{
    /// <summary>What a picture should show; the same for every frame.</summary>
    DrawingBounds Bounds { get; }

    /// <summary>Seconds that a step lasts in the task's own time: an episode is played at this pace. 0.05 where a task says nothing.</summary>
    double TimeStep => 0.05;

    /// <summary>Draws the present moment.</summary>
    /// <param name="drawing">Where to.</param>
    void Draw(IDrawing drawing);
}
