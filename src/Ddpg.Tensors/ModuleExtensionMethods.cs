using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp;

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false) where T : Module
    {
        if (!type.IsFloating()) throw new ArgumentException($"A module's weights are of a floating-point type, not {type}.");
        module.ConvertTo(type);
        return module;
    }

    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false) where T : Module => module.to(type);

    public static T to<T>(this T module, Device device, bool non_blocking = false) where T : Module => module;

    public static T to<T>(this T module, string device, bool non_blocking = false) where T : Module => module.to(new Device(device));

    public static T cpu<T>(this T module, bool non_blocking = false) where T : Module => module;

    public static T @float<T>(this T module, bool non_blocking = false) where T : Module => module.to(ScalarType.Float32);

    public static T @double<T>(this T module, bool non_blocking = false) where T : Module => module.to(ScalarType.Float64);
}
