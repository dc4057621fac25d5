namespace Ddpg.Tensors.Tests;

/// <summary>What the tests of both stacks must know of TorchSharp 0.107 itself (<c>.ci/nuget-stack</c> runs them over it).</summary>
public static class LibTorch
{
    /// <summary>Whether these tests run over TorchSharp and its native library.</summary>
    public static bool IsBehind { get; } = typeof(torch).Assembly.GetName().Name == "TorchSharp";

    /// <summary>
    /// Cases that hold here and fail there, each a row of "Where it differs" in the engine's README: <c>zero_</c> calls libtorch's
    /// <c>zeros_out</c>, which has no derivative; a chain of in-place functions changes what an earlier one has saved; a view of a base that
    /// changed in place is re-made with <c>view</c>, which a transposed base refuses.
    /// </summary>
    public static bool Fails(string name) => IsBehind && (name is "inplace/zero_" or "inplace/slice zero_"
        or "smooth functions in place" or "functions of positive numbers in place" or "a view made before its base changes");
}
