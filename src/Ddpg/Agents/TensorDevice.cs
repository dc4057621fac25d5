using System.Globalization;
using System.Runtime.CompilerServices;
using Ddpg.Natives;
using static TorchSharp.torch;

namespace Ddpg.Agents;

/// <summary>Reads the name of a device and says clearly when it is not there.</summary>
internal static class TensorDevice
{
    /// <summary>What a device may be called.</summary>
    public const string Names = "cpu, cuda, or cuda:N";

    /// <summary>Refuses a name that no machine has.</summary>
    /// <exception cref="ArgumentException">The name is not of this form.</exception>
    public static string Checked(string value, [CallerMemberName] string name = "") =>
        value is "cpu" or "cuda" || (value is not null && value.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(value.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? value
            : throw new ArgumentException($"{name} is '{value}'; it must be {Names}.", name);

    /// <summary>The device that <paramref name="hyperparameters"/> ask for.</summary>
    /// <exception cref="InvalidOperationException">There is no such device here, or the update cannot be made there.</exception>
    public static Device Of(Hyperparameters hyperparameters)
    {
        // Before torch's own initializer runs, which would bury the reason in a page of its own.
        TorchNatives.Load();
        string name = hyperparameters.Device;
        if (name == "cpu") return CPU;
        if (hyperparameters.UpdateBy == UpdateMethod.Fused)
            throw new InvalidOperationException($"Device is {name}, where the fused update cannot work; set UpdateBy to Autograd too.");
        if (!cuda.is_available())
            throw new InvalidOperationException($"Device is {name}, but there is no CUDA here: set Device to cpu (--device cpu), or build with -p:Cuda=true on a machine with an NVIDIA card.");
        if (name.Length > 5 && int.Parse(name.AsSpan(5), CultureInfo.InvariantCulture) is var index && index >= cuda.device_count())
            throw new InvalidOperationException($"Device is {name}, but there are only {cuda.device_count()} cards here, numbered from 0.");
        return device(name);
    }
}
