using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Modules;

/// <summary>Weights and optimizer state saved after some steps and restored elsewhere go on to exactly the bits of a run that never stopped.</summary>
public class OptimizerStateTests : ScopedTest
{
    public static TheoryData<string> Kinds() => ["Adam", "AMSGrad", "SGD with momentum"];

    private static OptimizerHelper Make(string kind, Module net) => kind switch
    {
        "Adam" => optim.Adam(net.parameters(), 0.01, weight_decay: 1e-4),
        "AMSGrad" => optim.Adam(net.parameters(), 0.01, amsgrad: true),
        _ => optim.SGD(net.parameters(), 0.01, momentum: 0.9, weight_decay: 1e-3),
    };

    private static Sequential Net() => Sequential(("first", Linear(5, 7)), ("relu", ReLU()), ("second", Linear(7, 2)));

    private static void Train(Module<Tensor, Tensor> net, OptimizerHelper optimizer, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = tensor([.. Enumerable.Range(0, 15).Select(i => (float)(((i * 7) + (step * 3)) % 11 - 5) / 4)], 3, 5);
            optimizer.zero_grad();
            net.call(x).square().mean().backward();
            optimizer.step();
        }
    }

    private static double[] Weights(Module net) => [.. net.parameters().SelectMany(Close.Values)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_run_continues_exactly(string kind)
    {
        string weights = Path.GetTempFileName(), state = Path.GetTempFileName();
        try
        {
            Sequential straight = Net(), resumed = Net();
            using OptimizerHelper first = Make(kind, straight), second = Make(kind, resumed);
            Train(straight, first, 0, 20);
            straight.save(weights);
            first.save_state_dict(state);
            Train(straight, first, 20, 40);

            Train(resumed, second, 0, 3); // what it had before must not show
            resumed.load(weights);
            second.load_state_dict(state);
            Train(resumed, second, 20, 40);
            Assert.Equal(Weights(straight), Weights(resumed));
        }
        finally
        {
            File.Delete(weights);
            File.Delete(state);
        }
    }

    [Fact]
    public void Without_the_moments_the_continuation_is_another_one()
    {
        Sequential straight = Net(), other = Net();
        using OptimizerHelper first = Make("Adam", straight), second = Make("Adam", other);
        Train(straight, first, 0, 20);
        other.load_state_dict(straight.state_dict());
        Train(straight, first, 20, 21);
        Train(other, second, 20, 21);
        Assert.NotEqual(Weights(straight), Weights(other));
    }
}
