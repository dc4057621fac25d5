using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Modules;

public class ModuleTests : ScopedTest
{
    private sealed class Net : Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear _first = Linear(3, 4);
        private readonly ModuleList<Linear> _heads = [Linear(4, 2), Linear(4, 1, hasBias: false)];
        private readonly Parameter _scale = Parameter(ones(1));
        private readonly Tensor _offset = zeros(2);
        private readonly Module<Tensor, Tensor> _body;

        public Net()
            : base("Net")
        {
            _body = Sequential(("squash", Tanh()), ("last", Linear(2, 2)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor a, Tensor b) => _body.call(_heads[0].call(_first.call(cat([a, b], 1))) * _scale + _offset);
    }

    [Fact]
    public void Fields_are_registered_under_their_names_in_order()
    {
        var net = new Net();
        Assert.Equal(
            ["_scale", "_first.weight", "_first.bias", "_heads.0.weight", "_heads.0.bias", "_heads.1.weight", "_body.last.weight", "_body.last.bias"],
            net.named_parameters().Select(p => p.name));
        Assert.Equal(["_offset"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["_first", "_heads", "_body"], net.named_children().Select(c => c.name));
        Assert.Equal(8, net.parameters().Count());
        Assert.Single(net.parameters(recurse: false));
        Assert.Contains("_offset", net.state_dict().Keys);
        Assert.Equal(9, net.state_dict().Count);
    }

    [Fact]
    public void Parameters_require_grad_and_buffers_do_not()
    {
        var net = new Net();
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad));
        Assert.All(net.buffers(), b => Assert.False(b.requires_grad));
    }

    [Fact]
    public void Call_runs_forward_and_gradients_reach_the_parameters()
    {
        var net = new Net();
        Tensor output = net.call(ones(5, 2), ones(5, 1));
        Assert.Equal([5, 2], output.shape);
        output.sum().backward();
        Assert.NotNull(net.get_parameter("_first.weight")!.grad);
        Assert.Null(net.get_parameter("_heads.1.weight")!.grad);
        net.zero_grad();
        Assert.All(net.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Train_and_eval_reach_the_children()
    {
        var net = new Net();
        Assert.True(net.training);
        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        net.train();
        Assert.All(net.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void A_state_dict_carries_weights_from_one_net_to_another()
    {
        var from = new Net();
        var to = new Net();
        (IList<string> missing, IList<string> unexpected) = to.load_state_dict(from.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        foreach (((string name, Parameter a), (_, Parameter b)) in from.named_parameters().Zip(to.named_parameters()))
        {
            Assert.True(Close.Values(a).SequenceEqual(Close.Values(b)), name);
        }
    }

    [Fact]
    public void A_state_dict_shares_memory_with_the_module()
    {
        Linear layer = Linear(1, 1);
        using (no_grad())
        {
            layer.state_dict()["weight"].fill_(7);
        }
        Assert.Equal([7.0], Close.Values(layer.weight!));
    }

    [Fact]
    public void Loading_a_state_dict_with_other_names_is_refused()
    {
        Linear layer = Linear(2, 1), without = Linear(2, 1, hasBias: false);
        Exception missing = Assert.ThrowsAny<Exception>(() => layer.load_state_dict(without.state_dict()));
        Exception unexpected = Assert.ThrowsAny<Exception>(() => without.load_state_dict(layer.state_dict()));
        Assert.NotEmpty(missing.Message);
        Assert.NotEmpty(unexpected.Message);
        (IList<string> absent, _) = layer.load_state_dict(without.state_dict(), strict: false);
        Assert.Equal(["bias"], absent);
    }

    [Fact]
    public void Loading_a_state_dict_of_another_shape_is_refused() =>
        Assert.ThrowsAny<Exception>(() => Linear(2, 1).load_state_dict(Linear(3, 1).state_dict()));

    [Fact]
    public void Modules_move_between_float_types()
    {
        Linear layer = Linear(2, 1).to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, layer.weight!.dtype);
        Assert.Equal(ScalarType.Float64, layer.call(ones(1, 2, dtype: ScalarType.Float64)).dtype);
    }

    [Fact]
    public void Sequential_names_its_parts_by_number_and_appends()
    {
        Sequential net = Sequential(Linear(2, 3), ReLU());
        net.append(Linear(3, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], net.state_dict().Keys);
        Assert.Equal([4, 1], net.call(ones(4, 2)).shape);
    }

    [Fact]
    public void Text_of_a_tensor()
    {
        Assert.Equal("[2x3], type = Float32, device = cpu", zeros(2, 3).ToString());
        Assert.Equal("Net", new Net().GetName());
    }
}
