using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Tests.Agents;

/// <summary>The deterministic policy gradient, checked against finite differences in float64.</summary>
[Trait("Speed", "tiny")]
public sealed class GradientTests
{
    private const int B = 5;
    private const double H = 1e-6;
    private static readonly Box Observations = new(-1, 1, 3);
    private static readonly Box Actions = new([-2f, 0f], [2f, 1f]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_policy_gradient_is_dQ_da_times_dmu_dtheta(bool layerNorm)
    {
        Hyperparameters hyperparameters = Hyperparameters.Post with { HiddenSizes = [6, 5], PolicyLayerNorm = layerNorm, CriticLayerNorm = layerNorm, WeightInitialization = WeightInitialization.Uniform, BiasInitialization = BiasInitialization.Uniform };
        var random = new SeededRandom(11);
        var policy = new Policy(Observations, Actions, hyperparameters, random, ScalarType.Float64);
        var critic = new QNetwork(Observations, Actions, hyperparameters, random, ScalarType.Float64);
        Tensor s = tensor(Normals(random, B * 3), [B, 3]);

        Losses.PolicyLoss(critic.call(s, policy.call(s))).backward();

        double[] actions = Values(policy.call(s));
        // ∂Q/∂a by central differences, action by action, at a = μ(s).
        double[] dQdA = Differences(actions, changed => Values(critic.call(s, tensor(changed, [B, 2]))).Sum());
        foreach ((string name, Parameter parameter) in policy.named_parameters())
        {
            double[] theta = Values(parameter), gradient = Values(parameter.grad!), expected = new double[theta.Length];
            for (int i = 0; i < theta.Length; i++)
            {
                // ∂μ/∂θᵢ by central differences, then the chain rule, averaged over the batch; the loss is −J.
                double[] above = With(parameter, theta, i, H, () => Values(policy.call(s))), below = With(parameter, theta, i, -H, () => Values(policy.call(s)));
                expected[i] = -Enumerable.Range(0, B * 2).Sum(k => dQdA[k] * (above[k] - below[k]) / (2 * H)) / B;
            }
            for (int i = 0; i < theta.Length; i++)
                Assert.True(Math.Abs(expected[i] - gradient[i]) <= 1e-7 + 1e-6 * Math.Abs(expected[i]), $"{name}[{i}]: {gradient[i]}, by differences {expected[i]}");
        }
    }

    private static double[] Differences(double[] at, Func<double[], double> function)
    {
        double[] result = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            double[] above = [.. at], below = [.. at];
            above[i] += H;
            below[i] -= H;
            result[i] = (function(above) - function(below)) / (2 * H);
        }
        return result;
    }

    private static double[] With(Parameter parameter, double[] values, int index, double change, Func<double[]> measure)
    {
        double[] changed = [.. values];
        changed[index] += change;
        parameter.data<double>().CopyFrom(changed);
        double[] result = measure();
        parameter.data<double>().CopyFrom(values);
        return result;
    }

    private static double[] Values(Tensor tensor) => tensor.detach().data<double>().ToArray();

    private static double[] Normals(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
}
