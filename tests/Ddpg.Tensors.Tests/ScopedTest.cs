namespace Ddpg.Tensors.Tests;

/// <summary>Each test gets a scope of its own, so that its tensors are gone when it ends.</summary>
public abstract class ScopedTest : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
