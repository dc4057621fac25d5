using static TorchSharp.torch.nn;
using static TorchSharp.torch.optim;

namespace Ddpg.Tensors.Tests.Recorded;

/// <summary>
/// Three DDPG updates (targets, critic loss and step, policy loss through the critic's action input and step, soft updates) against PyTorch:
/// losses, ∂Q/∂a, the first update's gradients, and all final weights.
/// </summary>
/// <remarks>Tolerance 1e-13 in float64, 1e-5 in float32, relative to max(1, |expected|): three updates of sums over 8 terms.</remarks>
public class RecordedDdpgTests
{
    private sealed class Net
    {
        private readonly Module<Tensor, Tensor> _net;
        private readonly bool _policy;

        public Net(RecordedTensor[] weights, ScalarType type, bool policy)
        {
            _policy = policy;
            _net = Sequential(
                Linear(weights[0].Shape[1], 8, dtype: type), ReLU(), Linear(8, 6, dtype: type), ReLU(), Linear(6, 1, dtype: type));
            using (no_grad())
            {
                foreach ((Parameter parameter, RecordedTensor weight) in Parameters.Zip(weights))
                {
                    parameter.copy_(weight.ToTensor(type));
                }
            }
        }

        public IEnumerable<Parameter> Parameters => _net.parameters();

        public Tensor Call(Tensor input) => _policy ? 2.0 * _net.call(input).tanh() : _net.call(input);

        public Tensor Call(Tensor observation, Tensor action) => Call(cat([observation, action], 1));
    }

    [Theory]
    [InlineData(nameof(ScalarType.Float32), 1e-5)]
    [InlineData(nameof(ScalarType.Float64), 1e-13)]
    public void Three_updates_agree(string floatType, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = Enum.Parse<ScalarType>(floatType);
        RecordedCase recorded = RecordedFile.Cases.Single(c => c.Name == "ddpg/three updates");
        RecordedTensor[] inputs = recorded.Inputs;
        Net policy = new(inputs[..6], type, policy: true), q = new(inputs[6..12], type, policy: false);
        Net targetPolicy = new(inputs[..6], type, policy: true), targetQ = new(inputs[6..12], type, policy: false);
        using OptimizerHelper policyOptimizer = Adam(policy.Parameters, lr: 0.01), qOptimizer = Adam(q.Parameters, lr: 0.02);
        var actual = new List<Tensor>();
        for (int update = 0; update < 3; update++)
        {
            Tensor[] batch = [.. inputs.Skip(12 + 5 * update).Take(5).Select(i => i.ToTensor(type))];
            (Tensor s, Tensor a, Tensor r, Tensor next, Tensor terminated) = (batch[0], batch[1], batch[2], batch[3], batch[4]);
            Tensor y;
            using (no_grad())
            {
                y = r + 0.99 * (1 - terminated) * targetQ.Call(next, targetPolicy.Call(next));
            }
            Tensor criticLoss = F.mse_loss(q.Call(s, a), y);
            qOptimizer.zero_grad();
            criticLoss.backward();
            List<Tensor> gradients = [.. q.Parameters.Select(p => p.grad!.clone())];
            qOptimizer.step();

            Tensor action = policy.Call(s);
            action.retain_grad();
            Tensor policyLoss = -q.Call(s, action).mean();
            policyOptimizer.zero_grad();
            policyLoss.backward();
            gradients.AddRange(policy.Parameters.Select(p => p.grad!.clone()));
            policyOptimizer.step();

            using (no_grad())
            {
                foreach ((Parameter target, Parameter online) in targetPolicy.Parameters.Concat(targetQ.Parameters).Zip(policy.Parameters.Concat(q.Parameters)))
                {
                    target.mul_(1 - 0.1).add_(online, alpha: 0.1);
                }
            }
            actual.AddRange([y, criticLoss, policyLoss, action.grad!]);
            actual.AddRange(update == 0 ? gradients : []);
        }
        actual.AddRange([.. policy.Parameters, .. q.Parameters, .. targetPolicy.Parameters, .. targetQ.Parameters]);
        RecordedTensor[] expected = recorded.Results[type].Outputs;
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Close.Assert($"value {i}", expected[i].Shape, expected[i].Values, actual[i], tolerance);
        }
    }
}
