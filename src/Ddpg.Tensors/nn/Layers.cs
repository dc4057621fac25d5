using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>y = x·Wᵀ + b.</summary>
public sealed class Linear : Module<Tensor, Tensor>
{
    // In an array, so that RegisterComponents does not find them a second time under these fields' names.
    private readonly Parameter?[] _own = new Parameter?[2];

    internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
    {
        (out_features, in_features) = (weight.Sizes[0], weight.Sizes[1]);
        this.weight = weight;
        this.bias = bias;
    }

    public Parameter weight { get => _own[0]!; set => Replace(nameof(weight), _own[0] = value); }

    public Parameter? bias { get => _own[1]; set => Replace(nameof(bias), _own[1] = value); }

    public long in_features { get; set; }

    public long out_features { get; set; }

    public override Tensor forward(Tensor tensor) => tensor.Linear(_own[0]!, _own[1]);
}

/// <summary>Each row shifted to mean 0 and scaled to variance 1, then by a learnt gain and offset.</summary>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    private readonly Parameter?[] _own = new Parameter?[2];

    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, ScalarType type) : base(nameof(LayerNorm))
    {
        this.normalized_shape = normalized_shape;
        this.eps = eps;
        this.elementwise_affine = elementwise_affine;
        if (!elementwise_affine) return;
        weight = new Parameter(ones(normalized_shape, type));
        if (bias) this.bias = new Parameter(zeros(normalized_shape, type));
    }

    public Parameter weight { get => _own[0]!; set => Replace(nameof(weight), _own[0] = value); }

    public Parameter? bias { get => _own[1]; set => Replace(nameof(bias), _own[1] = value); }

    public long[] normalized_shape { get; set; }

    public double eps { get; set; }

    public bool elementwise_affine { get; set; }

    public void reset_parameters()
    {
        if (weight is not null) init.ones_(weight);
        if (bias is not null) init.zeros_(bias);
    }

    public override Tensor forward(Tensor tensor) => functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}
