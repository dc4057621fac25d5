namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>
/// A garbage collection on another thread may come at any moment of an operation: what the operation still uses is not freed. TorchSharp
/// does not keep alive the Scalar that <c>a + b</c> makes (a row of "Where it differs" in the engine's README).
/// </summary>
[Collection(Alone.Name)]
public sealed class ConcurrentCollectionTests
{
    public static TheoryData<string> Names => [.. Operations.Keys];

    /// <summary>Each leaves its intermediate tensors to the collector.</summary>
    private static readonly Dictionary<string, Func<float[]>> Operations = new()
    {
        ["sum of two"] = () => (Ramp(3) + Ramp(3)).data<float>().ToArray(),
        ["scalars"] = () => (((Ramp(3) * 2 + 1) / 4) - 0.5).data<float>().ToArray(),
        ["views"] = () => Ramp(64).view(8, 8).t().slice(0, 1, 3, 1).sum([1]).data<float>().ToArray(),
        ["products"] = () => Ramp(1024).view(32, 32).matmul(Ramp(1024).view(32, 32)).relu().mean().data<float>().ToArray(),
        ["gradient"] = () =>
        {
            Tensor x = Ramp(64).requires_grad_();
            (x.view(8, 8).matmul(x.view(8, 8)).tanh() + x.view(8, 8)).pow(2).sum().backward();
            return x.grad!.data<float>().ToArray();
        },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_collection_on_another_thread_disturbs_nothing(string name)
    {
        Func<float[]> operation = Operations[name];
        float[] undisturbed = operation();
        int collections = 0;
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            for (; !stop.IsCancellationRequested; collections++)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (int i = 0; i < 2_000 || Volatile.Read(ref collections) < 200; i++)
                Assert.Equal(undisturbed, operation());
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    private static Tensor Ramp(int count) => tensor([.. Enumerable.Range(0, count).Select(i => i / (float)count)], dtype: ScalarType.Float32);
}
