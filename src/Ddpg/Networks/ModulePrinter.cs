using System.Globalization;
using System.Text;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Ddpg.Networks;

/// <summary>Prints a network's structure the way PyTorch does. TorchSharp's own ToString gives only the name.</summary>
internal sealed class ModulePrinter(string name)
{
    private readonly StringBuilder _text = new StringBuilder(name).Append("(\n");

    public ModulePrinter Add(string key, Module module)
    {
        _text.Append(CultureInfo.InvariantCulture, $"  ({key}): {Describe(module)}\n");
        return this;
    }

    public ModulePrinter List<T>(string key, ModuleList<T>? modules) where T : Module
    {
        if (modules is null) return this;
        _text.Append(CultureInfo.InvariantCulture, $"  ({key}): ModuleList(\n");
        for (int i = 0; i < modules.Count; i++)
            _text.Append(CultureInfo.InvariantCulture, $"    ({i}): {Describe(modules[i])}\n");
        _text.Append("  )\n");
        return this;
    }

    public override string ToString() => _text + ")";

    private static string Describe(Module module) => module switch
    {
        Linear linear => $"Linear(in_features={linear.weight.shape[1]}, out_features={linear.weight.shape[0]}, bias={(linear.bias is null ? "False" : "True")})",
        LayerNorm norm => $"LayerNorm(({norm.weight!.shape[0]},), eps=1e-05, elementwise_affine=True)",
        _ => $"{module.GetName()}()",
    };
}
