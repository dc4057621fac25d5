namespace Ddpg.Tensors.Tests.Autograd;

/// <summary>What may be done when: accumulation, leaves, modes, and the graph's life.</summary>
public class AutogradRulesTests : ScopedTest
{
    private static Tensor Leaf(params double[] values) => tensor(values, requires_grad: true);

    [Fact]
    public void Gradients_accumulate_until_they_are_cleared()
    {
        Tensor x = Leaf(1, 2);
        (x * x).sum().backward();
        (x * 3).sum().backward();
        Assert.Equal([5.0, 7], Close.Values(x.grad!));
        x.grad = null;
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        Assert.Equal([3.0, 3], Close.Values(x.grad!));
    }

    [Fact]
    public void Retain_graph_allows_a_second_backward()
    {
        Tensor x = Leaf(1, 2), y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal([4.0, 8], Close.Values(x.grad!));
    }

    [Fact]
    public void Backward_starts_from_given_gradients()
    {
        Tensor x = Leaf(1, 2), y = x * x;
        y.backward([tensor([10.0, 100])]);
        Assert.Equal([20.0, 400], Close.Values(x.grad!));
    }

    /// <summary>Rules may compute in a gradient's own memory, but not in one that the caller handed over or that another branch still needs.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Backward_leaves_the_given_gradient_as_it_was(bool inplace)
    {
        Tensor x = Leaf(1, -2, 3), given = tensor([10.0, 100, 1000]), y = F.relu(x * 1, inplace: inplace), z = (x * 1).tanh();
        y.backward([given], retain_graph: true);
        Assert.Equal([10.0, 100, 1000], Close.Values(given));
        Assert.Equal([10.0, 0, 1000], Close.Values(x.grad!));
        z.backward([given]);
        (y + y).backward([given]);
        Assert.Equal([10.0, 100, 1000], Close.Values(given));
    }

    [Fact]
    public void A_leaf_is_a_tensor_that_no_operation_made()
    {
        Tensor x = Leaf(1), y = x * 2, constant = tensor(1.0), computed = constant * 2;
        Assert.True(x.is_leaf);
        Assert.False(y.is_leaf);
        Assert.True(y.requires_grad);
        Assert.True(computed.is_leaf);
        Assert.False(computed.requires_grad);
        y.sum().backward();
        Assert.Null(constant.grad);
    }

    [Fact]
    public void An_inner_tensor_keeps_its_gradient_only_when_asked()
    {
        Tensor x = Leaf(1, 2), y = x * 2;
        y.retain_grad();
        Tensor z = y * y;
        z.sum().backward();
        Assert.Equal([4.0, 8], Close.Values(y.grad!));
        Assert.Equal([8.0, 16], Close.Values(x.grad!));
        Assert.Null(z.grad);
    }

    [Fact]
    public void Nothing_is_recorded_under_no_grad()
    {
        Tensor x = Leaf(1);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            Assert.True((x * 2).is_leaf);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
            Assert.False((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void No_grad_ends_with_its_using_even_by_an_exception()
    {
        Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using (no_grad())
            {
                throw new InvalidOperationException("on purpose");
            }
        }));
        Assert.True((Leaf(1) * 2).requires_grad);
    }

    [Fact]
    public void No_grad_concerns_one_thread()
    {
        Tensor x = Leaf(1);
        using IDisposable _ = no_grad();
        bool recorded = false;
        var thread = new Thread(() => recorded = (x * 2).requires_grad);
        thread.Start();
        thread.Join();
        Assert.True(recorded);
    }

    [Fact]
    public void Detach_shares_the_values_and_cuts_the_graph()
    {
        Tensor x = Leaf(1, 2), d = x.detach();
        Assert.False(d.requires_grad);
        d.add_(1);
        Assert.Equal([2.0, 3], Close.Values(x));
        (x.detach() * x).sum().backward();
        Assert.Equal([2.0, 3], Close.Values(x.grad!));
    }

    [Fact]
    public void A_leaf_changes_in_place_under_no_grad()
    {
        Tensor x = Leaf(1, 2);
        using (no_grad())
        {
            x.mul_(2).add_(1);
        }
        Assert.Equal([3.0, 5], Close.Values(x));
        Assert.True(x.requires_grad);
        (x * x).sum().backward();
        Assert.Equal([6.0, 10], Close.Values(x.grad!));
    }

    [Fact]
    public void An_in_place_change_of_a_constant_by_a_tracked_tensor_is_recorded()
    {
        Tensor x = Leaf(1, 2), y = zeros(2, dtype: ScalarType.Float64);
        y.add_(x);
        y.mul_(y.detach() + 1);
        Assert.True(y.requires_grad);
        y.sum().backward();
        Assert.Equal([2.0, 3], Close.Values(x.grad!));
    }

    [Fact]
    public void Frozen_inputs_get_no_gradient()
    {
        Tensor x = Leaf(1, 2), w = tensor([3.0, 4]);
        (x * w).sum().backward();
        Assert.Null(w.grad);
        Assert.Equal([3.0, 4], Close.Values(x.grad!));
    }

    [Fact]
    public void The_critic_as_a_function_of_the_action_passes_gradients_on_without_keeping_its_own()
    {
        Tensor w = tensor(new[,] { { 0.5 }, { -2.0 } }), action = tensor(new[,] { { 1.0, 2.0 } }, requires_grad: true);
        action.mm(w).mean().backward();
        Assert.Equal([0.5, -2.0], Close.Values(action.grad!));
        Assert.Null(w.grad);
    }

    [Fact]
    public void A_chain_of_100000_operations_goes_back_without_recursion()
    {
        Tensor x = Leaf(1), y = x;
        for (int i = 0; i < 100_000; i++)
        {
            y = y + 1;
        }
        y.sum().backward();
        Assert.Equal([1.0], Close.Values(x.grad!));
    }

    [Fact]
    public void Tensors_of_the_graph_may_be_disposed_before_backward()
    {
        Tensor x = Leaf(1, 2), y = x * x, z = y.exp();
        Tensor loss = z.sum();
        y.Dispose();
        z.Dispose();
        loss.backward();
        Assert.Equal([2 * Math.E, 4 * Math.Exp(4)], Close.Values(x.grad!).Select(v => v), (a, b) => Math.Abs(a - b) < 1e-12 * b);
    }

    [Fact]
    public void Inference_mode_records_nothing()
    {
        Tensor x = Leaf(1);
        using (inference_mode())
        {
            Assert.False((x * 2).requires_grad);
        }
    }

    /// <remarks>In place, ReLU writes into its input's memory and copies nothing; the rule must not see the values that were there.</remarks>
    [Fact]
    public void Relu_in_place_has_the_gradient_of_relu()
    {
        Tensor w = tensor(new[,] { { 1.0, -2 }, { 3, 0.5 } }, requires_grad: true), x = tensor(new[,] { { 1.0, 2 }, { -1, 0.25 } });
        nn.functional.linear(nn.functional.relu(nn.functional.linear(x, w)), w).square().sum().backward();
        double[] expected = Close.Values(w.grad!);
        w.grad = null;
        Tensor hidden = nn.functional.linear(x, w), same = nn.functional.relu(hidden, inplace: true);
        Assert.Equal(Close.Values(hidden), Close.Values(same));
        nn.functional.linear(same, w).square().sum().backward();
        Assert.Equal(expected, Close.Values(w.grad!));
    }

    [Fact]
    public void Relu_in_place_on_a_saved_tensor_or_a_leaf_is_refused()
    {
        Tensor x = Leaf(1, -2), y = x * 1, z = y * y;
        y.relu_();
        Assert.ThrowsAny<Exception>(() => z.sum().backward());
        Assert.ThrowsAny<Exception>(() => x.relu_());
    }
}
