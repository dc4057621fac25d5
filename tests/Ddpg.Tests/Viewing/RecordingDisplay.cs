using Ddpg.Viewing;

namespace Ddpg.Tests.Viewing;

internal sealed class RecordingDisplay : ILiveDisplay, ILiveView
{
    public List<string> Shown { get; } = [];

    public ILiveView Show(string html)
    {
        Shown.Add(html);
        return this;
    }

    public void Update(string html) => Shown.Add(html);
}
