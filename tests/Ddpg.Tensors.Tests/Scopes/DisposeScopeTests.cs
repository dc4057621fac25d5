namespace Ddpg.Tensors.Tests.Scopes;

public class DisposeScopeTests
{
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    [Fact]
    public void Everything_made_in_a_scope_is_disposed_at_its_end()
    {
        long before = Live;
        Tensor a, b;
        using (NewDisposeScope())
        {
            a = ones(2, 3);
            b = a + 1;
            Assert.True(Live > before);
        }
        Assert.True(a.IsInvalid);
        Assert.True(b.IsInvalid);
        Assert.Equal(before, Live);
    }

    [Fact]
    public void Move_to_the_outer_scope_survives_the_inner_one_only()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                moved = ones(2).MoveToOuterDisposeScope();
            }
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Detached_tensors_belong_to_nobody()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            using DisposeScope inner = NewDisposeScope();
            kept = ones(2).DetachFromDisposeScope();
        }
        Assert.False(kept.IsInvalid);
        kept.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_tensor_disposed_early_leaves_its_scope()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = ones(2);
        Assert.Equal(1, scope.DisposablesCount);
        a.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        Tensor? elsewhere = null;
        using (NewDisposeScope())
        {
            var thread = new Thread(() => elsewhere = ones(2));
            thread.Start();
            thread.Join();
        }
        Assert.False(elsewhere!.IsInvalid);
        elsewhere.Dispose();
    }

    [Fact]
    public void A_view_outlives_the_tensor_it_looks_into()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = tensor([1.0, 2, 3, 4]), view = a.view(2, 2), row = view[1];
        a.Dispose();
        view.Dispose();
        Assert.Equal([3.0, 4], Close.Values(row));
    }

    [Fact]
    public void Networks_and_optimizer_moments_made_in_a_scope_live_on()
    {
        Linear layer;
        OptimizerHelper optimizer;
        using (NewDisposeScope())
        {
            layer = nn.Linear(2, 1);
            optimizer = optim.Adam(layer.parameters());
            layer.call(ones(4, 2)).sum().backward();
            optimizer.step();
        }
        using (NewDisposeScope())
        {
            optimizer.zero_grad();
            layer.call(ones(4, 2)).sum().backward();
            optimizer.step();
            Assert.Equal(2, Close.Values(layer.weight!).Length);
        }
        layer.Dispose();
        optimizer.Dispose();
    }

    [Fact]
    public void A_training_loop_leaves_no_tensor_behind()
    {
        using Linear layer = nn.Linear(3, 2);
        using OptimizerHelper optimizer = optim.Adam(layer.parameters());
        long after = 0;
        for (int i = 0; i < 50; i++)
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                Tensor loss = nn.functional.mse_loss(layer.call(ones(4, 3)), zeros(4, 2));
                loss.backward();
                optimizer.step();
            }
            after = i == 10 ? Live : after;
        }
        Assert.Equal(after, Live);
    }
}
