namespace TorchSharp;

/// <summary>TorchSharp's entry point, with the members that this engine has.</summary>
public static partial class torch
{
    private static ScalarType _defaultType = ScalarType.Float32;

    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType @int = ScalarType.Int32;
    public static ScalarType @long = ScalarType.Int64;
    public static ScalarType @float = ScalarType.Float32;
    public static ScalarType @double = ScalarType.Float64;

    public static ScalarType get_default_dtype() => _defaultType;

    public static void set_default_dtype(ScalarType dtype) => _defaultType = dtype.IsFloating()
        ? dtype
        : throw new ArgumentException($"The default type is a floating-point type, not {dtype}.");

    public static DisposeScope NewDisposeScope() => new();

    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor result = expr();
        return result.MoveToOuterDisposeScope();
    }

    public static IDisposable no_grad() => new GradMode(enabled: false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Like no_grad here: the engine has no separate inference tensors.</summary>
    public static IDisposable inference_mode(bool mode = true) => new GradMode(!mode, mode);

    public static bool is_grad_enabled() => GradMode.Enabled;

    public static bool is_inference_mode_enabled() => GradMode.Inference;

    /// <summary>How many threads the kernels use. Results do not depend on it.</summary>
    public static void set_num_threads(int num) => Workers.Count = num;

    public static int get_num_threads() => Workers.Count;

    public static bool is_floating_point(Tensor input) => input.is_floating_point();

    public static bool is_floating_point(ScalarType type) => type.IsFloating();

    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input) => input.numel();

    public static Size broadcast_shapes(params long[][] shapes) => new(shapes.Aggregate(Array.Empty<long>(), Shapes.Broadcast));

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        long[] shape = tensors.Aggregate(Array.Empty<long>(), (sizes, t) => Shapes.Broadcast(sizes, t.Sizes));
        return [.. tensors.Select(t => t.expand(shape, false))];
    }

    public static class autograd
    {
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            BackwardRun.Execute(tensors, grad_tensors, retain_graph ?? create_graph, create_graph, inputs, collect: false);

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of the outputs' sum with respect to the inputs; nobody's <c>grad</c> changes.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            Tensor?[] gradients = BackwardRun.Execute(outputs, grad_outputs, retain_graph || create_graph, create_graph, inputs, collect: true);
            if (!allow_unused && Array.IndexOf(gradients, null) is >= 0 and var missing)
                throw new InvalidOperationException($"Input {missing} has no part in the outputs. Pass allow_unused: true if that is meant.");
            return gradients!;
        }
    }

    public partial class Tensor
    {
        public void backward() => backward(null);

        /// <summary>Adds this scalar's gradient to <c>grad</c> of every leaf that it was computed from.</summary>
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            BackwardRun.Execute([this], grad_tensors, retain_graph || create_graph, create_graph, inputs, collect: false);
    }
}
