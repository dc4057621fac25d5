namespace Ddpg.Viewing;

/// <summary>A place where a running cell can show something that changes. <c>setup.csx</c> supplies one for the kernel at hand, called <c>Live</c>.</summary>
public interface ILiveDisplay
{
    /// <summary>Shows HTML below the cell.</summary>
    /// <param name="html">A fragment; it may hold SVG but no script.</param>
    /// <returns>What replaces it later.</returns>
    ILiveView Show(string html);
}
