using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Networks;

/// <summary>
/// All weights of a network in one flat tensor. The layers' parameters are views of it, so that modules, saving, printing and a reader's own cells see ordinary parameters,
/// while one operation updates them all.
/// </summary>
internal sealed unsafe class FlatWeights
{
    // Each parameter begins on a cache line; what lies between two stays 0.
    private const long Line = 16;

    private readonly List<(Parameter Parameter, long Offset)> _parts = [];
    private Tensor? _gradient;
    private float* _data;

    /// <summary>Moves the weights of <paramref name="layers"/> into one new tensor.</summary>
    /// <param name="layers">Linear layers and layer normalisations.</param>
    public FlatWeights(IReadOnlyList<nn.Module> layers)
    {
        Parameter[] all = [.. layers.SelectMany(layer => layer.parameters())];
        Count = all.Sum(parameter => Padded(parameter.numel()));
        Values = zeros(Count, dtype: all[0].dtype, device: all[0].device).DetachFromDisposeScope();
        IsOnCpu = Values.device_type == DeviceType.CPU;
        foreach (nn.Module layer in layers)
        {
            switch (layer)
            {
                case Linear linear:
                    linear.weight = Move(linear.weight);
                    linear.bias = Move(linear.bias!);
                    break;
                case LayerNorm norm:
                    norm.weight = Move(norm.weight!);
                    norm.bias = Move(norm.bias!);
                    break;
                default: throw new ArgumentException($"{layer.GetName()} is neither Linear nor LayerNorm.", nameof(layers));
            }
        }
        Parameters = [.. _parts.Select(part => part.Parameter)];
    }

    /// <summary>All weights, (count).</summary>
    public Tensor Values { get; }

    /// <summary>Numbers in <see cref="Values"/>, the few unused ones between two parameters included.</summary>
    public long Count { get; }

    /// <summary>The views, in the order in which they lie.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Where a parameter begins.</summary>
    public long OffsetOf(Parameter parameter) => _parts.First(part => ReferenceEquals(part.Parameter, parameter)).Offset;

    /// <summary>Whether the weights lie where the fused kernels can reach them.</summary>
    public bool IsOnCpu { get; }

    /// <summary>The weights' memory, on the CPU and in float32, for as long as this object is alive.</summary>
    public float* Data => _data == null ? _data = DataOf(Values) : _data;

    /// <summary>A dense tensor's memory, on the CPU and in float32; libtorch does not move it.</summary>
    public static float* DataOf(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>∂L/∂weights, made of zeros, as the parameters' <c>grad</c>: backward adds to it.</summary>
    public Tensor StartGradient()
    {
        _gradient ??= zeros(Count, dtype: Values.dtype, device: Values.device).DetachFromDisposeScope();
        _gradient.zero_();
        // Each time anew: a reader's zero_grad() takes the views away.
        foreach ((Parameter parameter, long offset) in _parts)
            parameter.grad = _gradient.narrow(0, offset, parameter.numel()).view(parameter.shape);
        return _gradient;
    }

    private Parameter Move(Parameter from)
    {
        long offset = _parts.Count == 0 ? 0 : _parts[^1].Offset + Padded(_parts[^1].Parameter.numel());
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Tensor view = Values.narrow(0, offset, from.numel()).view(from.shape);
        view.copy_(from);
        var parameter = new Parameter(view.detach());
        parameter.DetachFromDisposeScope();
        _parts.Add((parameter, offset));
        return parameter;
    }

    private static long Padded(long count) => (count + Line - 1) / Line * Line;
}
