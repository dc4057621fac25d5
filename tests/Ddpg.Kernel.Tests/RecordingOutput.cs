using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Formatting;

namespace Ddpg.Kernel.Tests;

/// <summary>Keeps what a cell shows, in order.</summary>
internal sealed class RecordingOutput : ICellOutput
{
    private readonly Lock _lock = new();

    public string StandardOutput { get; private set; } = "";

    public string StandardError { get; private set; } = "";

    public List<(string Id, MimeBundle Bundle)> Displays { get; } = [];

    public List<(string Id, MimeBundle Bundle)> Updates { get; } = [];

    public List<MimeBundle> Results { get; } = [];

    public List<string> Order { get; } = [];

    public Queue<string> Answers { get; } = [];

    public MimeBundle Result => Assert.Single(Results);

    /// <summary>Waits for what comes from another thread.</summary>
    public async Task Until(Func<RecordingOutput, bool> isThere)
    {
        for (long end = Environment.TickCount64 + 60_000; !isThere(this); await Task.Delay(10))
            Assert.True(Environment.TickCount64 < end, $"did not come; stdout: {StandardOutput} stderr: {StandardError}");
    }

    public void WriteStandardOutput(string text)
    {
        lock (_lock) StandardOutput += text;
    }

    public void WriteStandardError(string text)
    {
        lock (_lock) StandardError += text;
    }

    public void Display(MimeBundle bundle, string displayId)
    {
        lock (_lock)
        {
            Order.Add("display");
            Displays.Add((displayId, bundle));
        }
    }

    public void UpdateDisplay(MimeBundle bundle, string displayId)
    {
        lock (_lock) Updates.Add((displayId, bundle));
    }

    public void ExecuteResult(MimeBundle bundle)
    {
        lock (_lock)
        {
            Order.Add("result");
            Results.Add(bundle);
        }
    }

    public void ClearOutput(bool wait)
    {
        lock (_lock) Order.Add("clear");
    }

    public string RequestInput(string prompt, bool isPassword, CancellationToken cancellation) =>
        Answers.TryDequeue(out string? answer) ? answer : throw new InvalidOperationException("Nobody to ask.");
}
