using Ddpg.Agents;
using Ddpg.Networks;
using Ddpg.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Tests.Agents;

/// <summary>Our Adam over flat weights against TorchSharp's own.</summary>
[Trait("Speed", "tiny")]
public sealed unsafe class FlatAdamTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0.01)]
    [InlineData(true, 0)]
    [InlineData(true, 0.01)]
    public void Two_hundred_steps_end_where_TorchSharps_do(bool fused, double weightDecay)
    {
        using DisposeScope scope = NewDisposeScope();
        Linear mine = nn.Linear(7, 5), theirs = nn.Linear(7, 5);
        theirs.load_state_dict(mine.state_dict());
        var weights = new FlatWeights([mine]);
        var flat = new FlatAdam(weights, 0.01, weightDecay);
        Adam adam = optim.Adam(theirs.parameters(), 0.01, weight_decay: weightDecay);
        var random = new SeededRandom(2);
        for (int step = 0; step < 200; step++)
        {
            Tensor gradient = weights.StartGradient();
            adam.zero_grad();
            foreach ((Parameter one, Parameter other) in mine.parameters().Zip(theirs.parameters()))
            {
                float[] values = [.. Enumerable.Range(0, (int)one.numel()).Select(_ => (float)random.NextNormal())];
                one.grad!.copy_(tensor(values, one.shape));
                other.grad = tensor(values, one.shape);
            }
            if (fused) flat.Step(FlatWeights.DataOf(gradient));
            else flat.Step(gradient);
            adam.step();
        }
        foreach ((Parameter one, Parameter other) in mine.parameters().Zip(theirs.parameters()))
        {
            double largest = (one - other).abs().max().item<float>();
            Assert.True(largest < 5e-6, $"largest difference after 200 steps of 0.01: {largest:E2}");
        }
    }
}
