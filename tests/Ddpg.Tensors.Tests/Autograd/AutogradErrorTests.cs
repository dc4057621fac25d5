namespace Ddpg.Tensors.Tests.Autograd;

/// <summary>Misuse ends in an exception that says what happened. The words are those that TorchSharp's messages share with ours.</summary>
public class AutogradErrorTests : ScopedTest
{
    private static Tensor Leaf(params double[] values) => tensor(values, requires_grad: true);

    private static void Fails(string words, Action action)
    {
        Exception? error = Record.Exception(action);
        Assert.True(error is not null, "no exception");
        Assert.Matches("(?is)" + words, error.Message);
    }

    [Fact]
    public void Backward_twice()
    {
        Tensor x = Leaf(1, 2), y = (x * x).sum();
        y.backward();
        Fails("second time.*retain_graph", () => y.backward());
    }

    [Fact]
    public void Backward_through_a_shared_part_that_was_freed()
    {
        Tensor x = Leaf(1, 2), shared = x.exp();
        shared.sum().backward();
        Fails("second time.*retain_graph", () => (shared * 2).sum().backward());
    }

    [Fact]
    public void Backward_from_a_tensor_that_is_no_scalar() => Fails("scalar", () => (Leaf(1, 2) * 2).backward());

    [Fact]
    public void Backward_from_a_tensor_without_a_graph() => Fails("require", () => tensor(1.0).backward());

    [Fact]
    public void Backward_from_what_no_grad_made()
    {
        Tensor y;
        using (no_grad())
        {
            y = Leaf(1).sum();
        }
        Fails("require", () => y.backward());
    }

    [Fact]
    public void In_place_on_a_leaf()
    {
        Tensor x = Leaf(1, 2);
        Fails("leaf.*in-?place", () => x.add_(1));
        Fails("leaf.*in-?place", () => x.mul_(x));
        Assert.ThrowsAny<Exception>(() => x.zero_());
        Assert.Equal([1.0, 2], Close.Values(x));
    }

    [Fact]
    public void In_place_on_a_view_of_a_leaf()
    {
        Tensor x = Leaf(1, 2);
        Fails("leaf.*in-?place", () => x.view(2, 1).add_(1));
        Fails("leaf.*in-?place", () => x[0].fill_(1));
    }

    [Fact]
    public void A_saved_tensor_modified_in_place()
    {
        Tensor x = Leaf(1, 2), y = x * 1, z = y * y;
        y.add_(1);
        Fails("in-?place", () => z.sum().backward());
    }

    [Fact]
    public void A_saved_result_modified_in_place()
    {
        Tensor x = Leaf(1, 2), y = x.exp();
        y.mul_(2);
        Fails("in-?place", () => y.sum().backward());
    }

    [Fact]
    public void A_saved_tensor_modified_through_a_view_or_under_no_grad()
    {
        Tensor x = Leaf(1, 2), y = x * 1, z = y.tanh(), w = tensor([3.0, 4]), v = x * w;
        z[0].add_(1);
        Fails("in-?place", () => z.sum().backward());
        using (no_grad())
        {
            w.add_(1);
        }
        Fails("in-?place", () => v.sum().backward());
    }

    [Fact]
    public void Weights_changed_between_forward_and_backward()
    {
        Tensor w = tensor(new[,] { { 1.0, 2 } }, requires_grad: true), hidden = tensor(new[,] { { 1.0 }, { 2.0 } }).mm(w), output = hidden.mm(w.t());
        using (no_grad())
        {
            w.mul_(0.5);
        }
        Fails("in-?place", () => output.sum().backward());
    }

    [Fact]
    public void Adding_in_place_harms_no_gradient_that_does_not_need_the_values()
    {
        Tensor x = Leaf(1, 2), y = x + 1, z = y + 2;
        y.add_(5);
        z.sum().backward();
        Assert.Equal([1.0, 1], Close.Values(x.grad!));
    }

    [Fact]
    public void A_gradient_of_the_wrong_shape() => Fails("shape|size", () => (Leaf(1, 2) * 2).backward([tensor([1.0, 2, 3])]));

    [Fact]
    public void Requires_grad_of_whole_numbers() => Fails("floating", () => tensor([1L, 2]).requires_grad = true);

    [Fact]
    public void Use_after_dispose()
    {
        Tensor x = Leaf(1, 2), y = tensor([1.0, 2]);
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.ThrowsAny<InvalidOperationException>(() => x + y);
        Assert.ThrowsAny<InvalidOperationException>(() => y.add_(x));
        Assert.ThrowsAny<InvalidOperationException>(() => x.shape);
        Assert.ThrowsAny<InvalidOperationException>(() => x.sum());
        Assert.ThrowsAny<InvalidOperationException>(() => x.data<double>());
        x.Dispose();
    }

    [Fact]
    public void Data_of_another_type_or_more_than_one_item()
    {
        Assert.ThrowsAny<Exception>(() => tensor([1.0, 2]).data<float>());
        Assert.ThrowsAny<Exception>(() => tensor([1.0, 2]).item<double>());
    }

    [Fact]
    public void Shapes_that_do_not_fit()
    {
        Tensor a = ones(2, 3), b = ones(4, 5);
        Fails("3.*5|5.*3|2.*4", () => (a + b).Dispose());
        Fails("2.*3.*4.*5|3.*4", () => a.mm(b));
        Fails("3.*5|3.*4|2x3|shape", () => nn.functional.linear(a, b));
        Fails("6.*7|7.*6|size 6|shape", () => a.view(7));
        Fails("6.*7|7.*6|size 6|shape", () => a.reshape(7));
        Fails("2|size|dim", () => cat([a, b], 0));
        Fails("rang|bound|indices", () => a.select(0, 2));
        Fails("rang|bound|dim", () => a.sum(2L));
        Fails("view|reshape", () => a.t().view(6));
        Fails("dimension|expand|broadcast", () => ones(3).add_(ones(2, 3)));
        Fails("(?s)3.*2|expand|size", () => ones(2, 3).expand(2, 2));
    }
}
