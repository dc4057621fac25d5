using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules one after the other, named 0, 1, 2 … unless they are given names.</summary>
public class Sequential : Module<Tensor, Tensor>
{
    // Not a field of type Module: the order of registration is the order of application.
    private readonly List<IModule<Tensor, Tensor>> _steps = [];

    protected internal Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach ((string key, Module<Tensor, Tensor> module) in modules) append(key, module);
    }

    protected internal Sequential(params Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (Module<Tensor, Tensor> module in modules) append(module);
    }

    public int Count => _steps.Count;

    [IndexerName("SequentialItems")]
    public IModule<Tensor, Tensor> this[int index] => _steps[index];

    public Sequential append(string name, IModule<Tensor, Tensor> module)
    {
        add_module(name, (Module)module);
        _steps.Add(module);
        return this;
    }

    public Sequential append(IModule<Tensor, Tensor> module) => append(_steps.Count.ToString(CultureInfo.InvariantCulture), module);

    public override Tensor forward(Tensor tensor)
    {
        // Without modules, a new tensor on the same values, so that the caller may dispose of what it gets.
        Tensor x = _steps.Count == 0 ? tensor.alias() : tensor;
        foreach (IModule<Tensor, Tensor> step in _steps) x = step.call(x);
        return x;
    }
}

/// <summary>A list of modules that is registered as one part, with its elements named 0, 1, 2 …</summary>
public class ModuleList<T> : Module, IList<T> where T : Module
{
    private readonly List<T> _list = [];
    private bool _open = true;

    public ModuleList(params T[] modules) : base("ModuleList") => _list.AddRange(modules);

    public T this[int index]
    {
        get => _list[index];
        set { CheckOpen(); _list[index] = value; }
    }

    public int Count => _list.Count;

    public bool IsReadOnly => false;

    protected override void RegisterComponents()
    {
        if (!_open) return;
        _open = false;
        for (int i = 0; i < _list.Count; i++) register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
    }

    public void Add(T item)
    {
        _list.Add(item);
        if (!_open) register_module((_list.Count - 1).ToString(CultureInfo.InvariantCulture), item);
    }

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules)
    {
        foreach (T module in modules) Add(module);
    }

    public void Clear() { CheckOpen(); _list.Clear(); }

    public bool Contains(T item) => _list.Contains(item);

    public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(T item) => _list.IndexOf(item);

    public void Insert(int index, T item) { CheckOpen(); _list.Insert(index, item); }

    public bool Remove(T item) { CheckOpen(); return _list.Remove(item); }

    public void RemoveAt(int index) { CheckOpen(); _list.RemoveAt(index); }

    public override IEnumerable<(string name, Module module)> named_children()
    {
        RegisterComponents();
        return base.named_children();
    }

    private void CheckOpen()
    {
        if (!_open) throw new InvalidOperationException("A ModuleList that a module has registered can only grow at its end.");
    }
}
