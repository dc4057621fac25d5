using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ddpg.Cli;

/// <summary>A module with the names and numbers of another, each in a tensor of its own: PyTorch does not load a file whose parameters are views of one tensor.</summary>
internal sealed class DetachedCopy : Module
{
    public DetachedCopy(Module source) : base(source.GetName())
    {
        foreach ((string name, Parameter parameter) in source.named_parameters(recurse: false))
            register_parameter(name, new Parameter(parameter.detach().clone()));
        foreach ((string name, Tensor buffer) in source.named_buffers(recurse: false))
            register_buffer(name, buffer.clone());
        foreach ((string name, Module child) in source.named_children())
            register_module(name, new DetachedCopy(child));
    }
}
