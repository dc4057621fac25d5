using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What one operation needs to send the gradient of its result back to its inputs.</summary>
internal delegate void BackwardFunction(Node node, Tensor gradient);

/// <summary>
/// One recorded operation. Nodes are numbered as they are made, so every node's inputs have smaller numbers,
/// and going through the nodes from the largest number down is an order in which backward may run.
/// Counted references free what was saved as soon as no tensor and no later node needs the node; the counts are
/// followed with a stack of our own, never by recursion.
/// </summary>
internal sealed class Node
{
    private struct Edge
    {
        internal Node? Source;
        internal long[] Shape;
        internal ScalarType Type;
    }

    private static long _counter;

    private readonly BackwardFunction? _backward;
    private readonly Edge[] _edges;
    private SavedTensor[] _saved = [];
    private int _savedCount;
    private int _references;
    private bool _freed;

    internal Node(string name, BackwardFunction backward, params ReadOnlySpan<Tensor?> inputs)
    {
        Name = name;
        _backward = backward;
        Number = Interlocked.Increment(ref _counter);
        _edges = new Edge[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is not { } input) continue;
            Node? source = input.GradientSource();
            source?.AddReference();
            _edges[i] = new Edge { Source = source, Shape = input.Sizes, Type = input.Type };
        }
    }

    /// <summary>The end of a path: adds what arrives to <c>grad</c> of a leaf.</summary>
    internal Node(Tensor leaf)
    {
        Name = "AccumulateGrad";
        Leaf = leaf;
        _edges = [];
    }

    internal string Name { get; }
    internal long Number { get; }
    internal Tensor? Leaf { get; }

    // Free for the operation's own use.
    internal double Number1 { get; init; }
    internal long Index { get; init; }
    internal long[] Shape { get; init; } = [];
    internal object? Extra { get; init; }

    // Used during one backward run.
    internal long Run { get; set; }
    internal bool Wanted { get; set; }
    internal Tensor? Arrived { get; set; }

    /// <summary>The result that asked by <c>retain_grad()</c> to keep its gradient.</summary>
    internal Tensor? Retains { get; set; }

    internal int EdgeCount => _edges.Length;

    internal Node? SourceOf(int edge) => _edges[edge].Source;

    /// <summary>Whether the gradient of that input is of use to anybody in this run.</summary>
    internal bool Needs(int edge) => _edges[edge].Source is { Wanted: true };

    internal long[] InputShape(int edge) => _edges[edge].Shape;

    internal Node Save(Tensor? tensor)
    {
        if (_savedCount == _saved.Length) Array.Resize(ref _saved, Math.Max(2, _saved.Length * 2));
        _saved[_savedCount++] = tensor is null ? default : new SavedTensor(tensor);
        return this;
    }

    /// <summary>Saves the operation's own result; its source is this node, which must not hold itself.</summary>
    internal Node SaveResult(Tensor result)
    {
        Save(result);
        _saved[_savedCount - 1].MarkAsResult();
        return this;
    }

    internal Tensor Saved(int index) => SavedOrNull(index)!;

    internal Tensor? SavedOrNull(int index)
    {
        if (_freed)
        {
            throw new InvalidOperationException(
                $"Backward through {Name} a second time: the values that it needs were freed after the first. " +
                "Pass retain_graph: true to the first backward if you need another.");
        }
        return _saved[index].Unpack(this);
    }

    /// <summary>Hands a gradient to an input: summed over broadcast dimensions, in the input's element type.</summary>
    internal void Send(int edge, Tensor gradient)
    {
        Node? source = _edges[edge].Source;
        if (source is not { Wanted: true }) return;
        Tensor fitting = gradient.SumToShape(_edges[edge].Shape);
        if (fitting.Type != _edges[edge].Type) fitting = fitting.to(_edges[edge].Type);
        source.Receive(fitting);
    }

    internal void Receive(Tensor gradient)
    {
        if (Arrived is null)
        {
            Arrived = gradient.Alias(gradient.GradFn);
            Arrived.LeaveScope();
            return;
        }
        Tensor sum = Arrived.add(gradient);
        sum.LeaveScope();
        Arrived.Dispose();
        Arrived = sum;
    }

    internal void Apply(Tensor gradient)
    {
        if (_freed && _savedCount > 0) SavedOrNull(0);
        _backward!(this, gradient);
    }

    internal void AddReference() => Interlocked.Increment(ref _references);

    internal void Release()
    {
        if (Interlocked.Decrement(ref _references) > 0) return;
        Stack<Node>? dead = null;
        for (Node? node = this; node is not null; node = dead is { Count: > 0 } ? dead.Pop() : null)
        {
            node.FreeSaved();
            foreach (Edge edge in node._edges)
            {
                if (edge.Source is { } source && Interlocked.Decrement(ref source._references) == 0) (dead ??= new()).Push(source);
            }
        }
    }

    internal void FreeSaved()
    {
        if (_freed) return;
        _freed = true;
        for (int i = 0; i < _savedCount; i++) _saved[i].Release();
    }
}
