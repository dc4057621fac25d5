using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One run of backward over the graph behind some tensors: no recursion, so a graph may be as deep as memory allows.</summary>
internal static class BackwardRun
{
    private static long _runs;

    [ThreadStatic] private static List<Node>? _spare;

    /// <summary>
    /// Sends gradients from the roots to the leaves, adding to their <c>grad</c>; or, when inputs are given, to those tensors alone.
    /// </summary>
    /// <returns>With <paramref name="collect"/>, the gradients of the inputs in their order; otherwise an empty array.</returns>
    internal static Tensor?[] Execute(
        IList<Tensor> roots, IList<Tensor>? rootGradients, bool retainGraph, bool createGraph, IList<Tensor>? inputs, bool collect)
    {
        long run = Interlocked.Increment(ref _runs);
        bool gradModeBefore = GradMode.Exchange(createGraph);
        DisposeScope? outerScope = DisposeScope.Current;
        List<Node> nodes = _spare ?? [];
        _spare = null;
        try
        {
            using var scope = new DisposeScope();
            Node[]? targets = inputs is null ? null : [.. inputs.Select(SourceOf)];
            for (int i = 0; i < roots.Count; i++) Collect(SourceOf(roots[i]), run, nodes);
            Sort(nodes);
            MarkWanted(nodes, targets);
            for (int i = 0; i < roots.Count; i++) SourceOf(roots[i]).Receive(RootGradient(roots[i], rootGradients?[i]));
            var results = new Tensor?[collect ? targets!.Length : 0];
            foreach (Node node in nodes)
            {
                Visit(node, scope, targets, results, collect, retainGraph);
                scope.DisposeAllOwned();
            }
            foreach (Tensor? result in results)
                if (result is not null && outerScope is not null) outerScope.Attach(result);
            return results;
        }
        finally
        {
            foreach (Node node in nodes)
            {
                node.Arrived?.Dispose();
                node.Arrived = null;
                node.Wanted = false;
            }
            nodes.Clear();
            _spare = nodes;
            GradMode.Exchange(gradModeBefore);
            DisposeScope.Current = outerScope;
        }
    }

    private static Node SourceOf(Tensor tensor) => tensor.GradientSource() ?? throw new InvalidOperationException(
        "This tensor does not require grad and has no gradient function: nothing in the computation that made it requires grad, " +
        "or it was made under no_grad() or by detach().");

    private static Tensor RootGradient(Tensor root, Tensor? gradient)
    {
        if (gradient is null)
        {
            if (root.numel() != 1)
            {
                throw new InvalidOperationException(
                    $"Gradients start from a scalar, and this tensor has the shape [{string.Join(", ", root.shape)}]. " +
                    "Reduce it first, for example with mean() or sum(), or pass grad_tensors.");
            }
            return ones_like(root);
        }
        if (!gradient.Sizes.AsSpan().SequenceEqual(root.Sizes))
        {
            throw new InvalidOperationException(
                $"The gradient given has the shape [{string.Join(", ", gradient.shape)}], but its tensor has [{string.Join(", ", root.shape)}]: they must be equal.");
        }
        return gradient;
    }

    private static void Collect(Node root, long run, List<Node> nodes)
    {
        if (root.Run == run) return;
        root.Run = run;
        int next = nodes.Count;
        nodes.Add(root);
        for (; next < nodes.Count; next++)
        {
            Node node = nodes[next];
            for (int i = 0; i < node.EdgeCount; i++)
            {
                if (node.SourceOf(i) is not { } source || source.Run == run) continue;
                source.Run = run;
                nodes.Add(source);
            }
        }
    }

    /// <summary>A node is wanted when a gradient sent to it reaches a leaf, or one of the inputs that were asked for.</summary>
    private static void MarkWanted(List<Node> nodes, Node[]? targets)
    {
        for (int n = nodes.Count - 1; n >= 0; n--)
        {
            Node node = nodes[n];
            node.Wanted = targets is null || Array.IndexOf(targets, node) >= 0;
            for (int i = 0; !node.Wanted && i < node.EdgeCount; i++) node.Wanted = node.SourceOf(i) is { Wanted: true };
        }
    }

    /// <summary>Largest number first. The list is short and nearly sorted, as it was collected from the root on.</summary>
    private static void Sort(List<Node> nodes)
    {
        if (nodes.Count > 64)
        {
            nodes.Sort(static (a, b) => b.Number.CompareTo(a.Number));
            return;
        }
        for (int i = 1; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            int at = i;
            for (; at > 0 && nodes[at - 1].Number < node.Number; at--) nodes[at] = nodes[at - 1];
            nodes[at] = node;
        }
    }

    private static void Visit(Node node, DisposeScope scope, Node[]? targets, Tensor?[] results, bool collect, bool retainGraph)
    {
        if (node.Arrived is not { } gradient) return;
        node.Arrived = null;
        scope.Add(gradient);
        if (collect)
        {
            for (int i = 0; i < results.Length; i++)
            {
                if (targets![i] != node) continue;
                results[i] = gradient.Alias(gradient.GradFn);
                results[i]!.LeaveScope();
            }
        }
        if (node.Leaf is { } leaf)
        {
            if (!collect && (targets is null || Array.IndexOf(targets, node) >= 0)) leaf.AccumulateGradient(gradient);
            return;
        }
        if (node.Retains is { } retaining && !collect) retaining.AccumulateGradient(gradient);
        node.Apply(gradient);
        if (!retainGraph) node.FreeSaved();
    }
}
