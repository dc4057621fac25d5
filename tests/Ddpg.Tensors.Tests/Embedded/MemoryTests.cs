using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>A training loop grows nothing: no native bytes, no live tensors, no managed heap.</summary>
[Collection(Alone.Name)]
public class MemoryTests
{
    [Fact]
    public void Ten_thousand_updates_grow_nothing() => GrowsNothing(10_000);

    /// <summary>A million with DDPG_LONG=1, outside the default run.</summary>
    [Fact]
    [Trait("Speed", "learning")]
    public void A_long_run_grows_nothing() => GrowsNothing(Environment.GetEnvironmentVariable("DDPG_LONG") == "1" ? 1_000_000 : 30_000);

    private static void GrowsNothing(int updates)
    {
        using var training = new DdpgLikeTraining(8, 8, 8);
        (long System, long Buffers, long Tensors, long Managed) before = default;
        for (int i = 1; i <= updates; i++)
        {
            training.Update();
            if (i == 1000)
            {
                before = Measure();
            }
        }
        (long System, long Buffers, long Tensors, long Managed) after = Measure();
        Assert.Equal(before.System, after.System);
        Assert.Equal(before.Buffers, after.Buffers);
        Assert.Equal(before.Tensors, after.Tensors);
        Assert.True(after.Managed - before.Managed < 64 * 1024, $"the managed heap grew by {after.Managed - before.Managed} bytes over {updates - 1000} updates");
    }

    private static (long System, long Buffers, long Tensors, long Managed) Measure()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return (NativePool.SystemBytes, NativePool.LiveStorages, Tensor.TotalCount, GC.GetTotalMemory(forceFullCollection: true));
    }

    [Fact]
    public void A_forgotten_tensor_is_reclaimed_by_its_finalizer()
    {
        (_, long buffers, long tensors, _) = Measure();
        Forget();
        (_, long buffersAfter, long tensorsAfter, _) = Measure();
        Assert.Equal(buffers, buffersAfter);
        Assert.Equal(tensors, tensorsAfter);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (int i = 0; i < 100; i++)
        {
            Tensor x = ones(100, 100, requires_grad: true);
            (x * x).sum().backward();
        }
    }

    [Fact]
    public void A_forgotten_module_and_optimizer_are_reclaimed()
    {
        (_, long buffers, long tensors, _) = Measure();
        ForgetTraining();
        (_, long buffersAfter, long tensorsAfter, _) = Measure();
        Assert.Equal(buffers, buffersAfter);
        Assert.Equal(tensors, tensorsAfter);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void ForgetTraining()
    {
        Linear layer = Linear(64, 48);
        OptimizerHelper optimizer = optim.Adam(layer.parameters());
        layer.call(ones(16, 64)).sum().backward();
        optimizer.step();
    }

    /// <summary>A thread that computed with a network and now rests, as one of the pool does, holds none of its buffers.</summary>
    [Fact]
    public void A_resting_thread_keeps_nothing_of_a_forgotten_network()
    {
        (_, long buffers, long tensors, _) = Measure();
        using ManualResetEventSlim acted = new(), end = new();
        var thread = new Thread(() =>
        {
            ForgetActing();
            acted.Set();
            end.Wait();
        });
        thread.Start();
        acted.Wait();
        (_, long buffersAfter, long tensorsAfter, _) = Measure();
        end.Set();
        thread.Join();
        Assert.Equal(buffers, buffersAfter);
        Assert.Equal(tensors, tensorsAfter);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void ForgetActing()
    {
        using var noGrad = no_grad();
        Linear(64, 48).call(ones(1, 64));
    }

    /// <remarks>Buffers found unreachable together are finalized in any order; one must not free what another has already given back.</remarks>
    [Fact]
    public void Forgotten_networks_do_not_disturb_a_living_one()
    {
        string undisturbed = Train(forget: false);
        Assert.Equal(undisturbed, Train(forget: true));
    }

    private static string Train(bool forget)
    {
        using var training = new DdpgLikeTraining(64, 48, 16);
        for (int i = 0; i < 60; i++)
        {
            training.Update();
            for (int j = 0; forget && j < 10; j++)
            {
                ForgetTraining();
            }
            if (forget && i % 5 == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        return training.Hash();
    }

    [Fact]
    public void Live_tensors_and_bytes_are_counted()
    {
        long tensors = Tensor.TotalCount, bytes = NativePool.LiveBytes;
        Tensor a = zeros(1000, dtype: ScalarType.Float64), view = a.view(10, 100);
        Assert.Equal(tensors + 2, Tensor.TotalCount);
        Assert.InRange(NativePool.LiveBytes - bytes, 8000, 10_000);
        a.Dispose();
        Assert.Equal(tensors + 1, Tensor.TotalCount);
        view.Dispose();
        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.Equal(bytes, NativePool.LiveBytes);
    }
}
