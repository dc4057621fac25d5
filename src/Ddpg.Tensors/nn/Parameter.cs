using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module counts among its weights. It shares the values of the tensor that it is made of.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true) : base(data.Live, data.Sizes, data.Steps, data.Offset, data.Type) =>
        this.requires_grad = requires_grad;
}
