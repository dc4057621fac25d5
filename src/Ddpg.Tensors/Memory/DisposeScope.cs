namespace TorchSharp;

/// <summary>Disposes what was created inside it, unless it was moved out or detached.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? _current;

    [ThreadStatic] private static List<IDisposable?>? _spareList;

    private List<IDisposable?> _disposables;
    private readonly DisposeScope? _outer;
    private int _count;
    private bool _disposed;

    internal DisposeScope()
    {
        _outer = _current;
        _current = this;
        _disposables = _spareList ?? [];
        _spareList = null;
    }

    internal static DisposeScope? Current { get => _current; set => _current = value; }

    public IReadOnlyList<IDisposable> DisposablesView => [.. _disposables.OfType<IDisposable>()];

    public int DisposablesCount => _count;

    public void Attach(IDisposable disposable)
    {
        switch (disposable)
        {
            case torch.Tensor tensor:
                if (tensor.Scope == this) return;
                tensor.Scope?.Remove(tensor);
                Add(tensor);
                DisposeScopeManager.Tensors.AttachedToScopeCount++;
                break;
            default:
                if (Contains(disposable)) return;
                _disposables.Add(disposable);
                _count++;
                break;
        }
    }

    public void Attach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) Attach(disposable);
    }

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IDisposable[] all = [.. disposables];
        Attach(all);
        return all;
    }

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.Scope == this : _disposables.Contains(disposable);

    public T Detach<T>(T disposable) where T : IDisposable
    {
        if (Remove(disposable)) DisposeScopeManager.Tensors.DetachedFromScopeCount++;
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) Detach<IDisposable>(disposable);
    }

    public void Detach(IEnumerable<IDisposable> disposables) => Detach([.. disposables]);

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(_outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOuter<IDisposable>(disposable);
    }

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOuter([.. disposables]);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (Remove(disposable))
        {
            if (scope is null) DisposeScopeManager.Tensors.DetachedFromScopeCount++;
            else scope.Add(disposable);
        }
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOther<IDisposable>(scope, disposable);
    }

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables) => MoveToOther(scope, [.. disposables]);

    public void MarkAsDisposed(IDisposable disposable) => Remove(disposable);

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        HashSet<IDisposable>? keep = null;
        foreach (IDisposable kept in inKeep) (keep ??= new(ReferenceEqualityComparer.Instance)).Add(kept);
        // A tensor that is disposed of clears its own slot, so the list is walked by index.
        for (int i = 0; i < _disposables.Count; i++)
        {
            if (_disposables[i] is { } disposable && (keep is null || !keep.Contains(disposable))) Drop(i, disposable);
        }
        Compact();
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        DisposeAllOwned();
        // The list goes on to the next scope; what is attached to this one after its end starts another.
        if (_disposables.Capacity <= 4096) _spareList = _disposables;
        _disposables = [];
        // Scopes close in reverse order; one that was closed too early is passed over when those inside it are.
        while (_current is { _disposed: true } ended) _current = ended._outer;
    }

    internal void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            tensor.Scope = this;
            tensor.ScopeSlot = _disposables.Count;
        }
        _disposables.Add(disposable);
        _count++;
    }

    internal bool Remove(IDisposable disposable)
    {
        int slot = disposable is torch.Tensor tensor
            ? (tensor.Scope == this ? tensor.ScopeSlot : -1)
            : _disposables.IndexOf(disposable);
        if (slot < 0) return false;
        _disposables[slot] = null;
        _count--;
        if (disposable is torch.Tensor moved) moved.Scope = null;
        return true;
    }

    internal void DisposeAllOwned()
    {
        for (int i = 0; i < _disposables.Count; i++)
        {
            if (_disposables[i] is { } disposable) Drop(i, disposable);
        }
        _disposables.Clear();
        _count = 0;
    }

    private void Drop(int slot, IDisposable disposable)
    {
        // A tensor leaves its slot by itself.
        if (disposable is not torch.Tensor)
        {
            _disposables[slot] = null;
            _count--;
        }
        disposable.Dispose();
    }

    private void Compact()
    {
        IDisposable[] kept = [.. _disposables.OfType<IDisposable>()];
        _disposables.Clear();
        _count = 0;
        foreach (IDisposable disposable in kept) Add(disposable);
    }
}
