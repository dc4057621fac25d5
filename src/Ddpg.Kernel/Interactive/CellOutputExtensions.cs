using Microsoft.DotNet.Interactive;

namespace Ddpg.Kernel.Interactive;

/// <summary>What this kernel's cells have beyond .NET Interactive's.</summary>
public static class CellOutputExtensions
{
    /// <summary>Removes the running cell's output so far.</summary>
    /// <param name="context">The running cell.</param>
    /// <param name="wait">Whether to wait for the next output, which then takes its place without flicker.</param>
    public static void ClearOutput(this KernelInvocationContext context, bool wait = false) => RunningCell.Current?.Output.ClearOutput(wait);
}
