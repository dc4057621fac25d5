namespace TorchSharp;

/// <summary>Whether this thread records operations for backward. Restored when disposed.</summary>
internal sealed class GradMode : IDisposable
{
    [ThreadStatic] private static bool _disabled;
    [ThreadStatic] private static bool _inference;

    private readonly bool _disabledBefore = _disabled;
    private readonly bool _inferenceBefore = _inference;

    internal GradMode(bool enabled, bool? inference = null)
    {
        _disabled = !enabled;
        _inference = inference ?? _inference;
    }

    internal static bool Enabled => !_disabled;

    internal static bool Inference => _inference;

    /// <summary>For the engine's own short sections: no object to allocate.</summary>
    internal static bool Exchange(bool enabled)
    {
        bool before = !_disabled;
        _disabled = !enabled;
        return before;
    }

    public void Dispose()
    {
        _disabled = _disabledBefore;
        _inference = _inferenceBefore;
    }
}
