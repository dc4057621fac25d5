using System.Runtime.CompilerServices;

/// <summary>A test may touch TorchSharp before anything of Ddpg: TorchSharp must find its libraries all the same.</summary>
internal static class TorchFirst
{
    [ModuleInitializer]
    internal static void Initialize() => RuntimeHelpers.RunModuleConstructor(typeof(Ddpg.Kit).Module.ModuleHandle);
}
