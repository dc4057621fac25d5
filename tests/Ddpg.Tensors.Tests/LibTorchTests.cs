using System.Reflection;

namespace Ddpg.Tensors.Tests;

public sealed class LibTorchTests
{
    /// <summary>Side by side, test classes collect each other's garbage in the middle of an operation, which TorchSharp does not bear.</summary>
    [Fact]
    public void Test_classes_run_side_by_side_here_and_one_after_another_over_TorchSharp() =>
        Assert.Equal(LibTorch.IsBehind, typeof(LibTorchTests).Assembly.GetCustomAttribute<CollectionBehaviorAttribute>()?.DisableTestParallelization ?? false);
}
