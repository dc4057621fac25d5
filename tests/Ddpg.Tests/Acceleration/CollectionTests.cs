using System.Globalization;
using Ddpg.Agents;
using Ddpg.Replay;
using Ddpg.Tests.Agents;
using Ddpg.Tests.Training;

namespace Ddpg.Tests.Acceleration;

/// <summary>
/// TorchSharp hands temporary scalars to native code that a garbage collection on another thread may free meanwhile: two of two runs of 3,000 updates ended in an exception once.
/// No number of the library is freed while it is used.
/// </summary>
[Collection(Alone.Name)]
public sealed class CollectionTests
{
    /// <summary>DDPG_COLLECTED_UPDATES=20000 runs all of what .ci/long runs.</summary>
    private static readonly int Updates = int.TryParse(Environment.GetEnvironmentVariable("DDPG_COLLECTED_UPDATES"), CultureInfo.InvariantCulture, out int wished) ? wished : 300;

    [Theory]
    [InlineData(UpdateMethod.Fused)]
    [InlineData(UpdateMethod.Autograd)]
    public void Collections_on_another_thread_change_no_bit(UpdateMethod method)
    {
        float[] quiet = Learn(method);
        using var stop = new CancellationTokenSource();
        Thread collecting = Start(() =>
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }), allocating = Start(() => GC.KeepAlive(new byte[50_000]));
        try
        {
            Assert.Equal(quiet, Learn(method));
        }
        finally
        {
            stop.Cancel();
            collecting.Join();
            allocating.Join();
        }

        Thread Start(Action action)
        {
            var thread = new Thread(() =>
            {
                while (!stop.IsCancellationRequested) action();
            });
            thread.Start();
            return thread;
        }
    }

    private static float[] Learn(UpdateMethod method)
    {
        DdpgAgent agent = UpdateTests.Agent(Hyperparameters.Td3 with { HiddenSizes = [16, 16], UpdateBy = method, CriticWeightDecay = 0.001, CriticTarget = CriticTarget.Mean });
        Minibatch[] minibatches = [.. Enumerable.Range(0, 10).Select(seed => UpdateTests.RandomMinibatch((ulong)seed))];
        for (int i = 0; i < Updates; i++) agent.Update(minibatches[i % minibatches.Length]);
        return [.. UpdateTests.Weights(agent.Policy), .. agent.QNetworks.SelectMany(UpdateTests.Weights), .. UpdateTests.Weights(agent.TargetQNetwork)];
    }
}
