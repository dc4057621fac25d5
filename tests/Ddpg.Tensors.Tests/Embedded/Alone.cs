using System.Runtime.CompilerServices;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>For tests that change settings of the whole process or measure it: they run when nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

internal static class TestProcess
{
    /// <summary>In this process every buffer is followed by a pattern that is checked when the buffer is freed.</summary>
    [ModuleInitializer]
    internal static void UseCanaries() => NativePool.UseCanaries = true;
}
