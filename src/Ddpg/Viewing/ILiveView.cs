namespace Ddpg.Viewing;

/// <summary>Something shown by <see cref="ILiveDisplay.Show"/>.</summary>
public interface ILiveView
{
    /// <summary>Replaces what is shown.</summary>
    /// <param name="html">A fragment, as in <see cref="ILiveDisplay.Show"/>.</param>
    void Update(string html);
}
