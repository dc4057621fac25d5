using System.Security.Cryptography;
using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>
/// A whole DDPG training loop on synthetic transitions (observation 3, action 1): targets, critic step, policy step, soft updates.
/// Weights and data come from an integer generator, exact in float32, so that only the engine decides the bits that come out.
/// </summary>
public sealed class DdpgLikeTraining : IDisposable
{
    private uint _state = 12345;
    private readonly Module<Tensor, Tensor> _policy, _targetPolicy, _q, _targetQ;
    private readonly OptimizerHelper _policyOptimizer, _qOptimizer;
    private readonly int _batch;

    public DdpgLikeTraining(int hidden1, int hidden2, int batch)
    {
        _batch = batch;
        _policy = Net(3, hidden1, hidden2, squash: true);
        _q = Net(4, hidden1, hidden2, squash: false);
        _targetPolicy = Net(3, hidden1, hidden2, squash: true);
        _targetQ = Net(4, hidden1, hidden2, squash: false);
        _policyOptimizer = optim.Adam(_policy.parameters(), lr: 1e-3);
        _qOptimizer = optim.Adam(_q.parameters(), lr: 2e-3);
        SoftUpdate(1);
    }

    private Sequential Net(long inputs, long hidden1, long hidden2, bool squash)
    {
        Sequential net = squash
            ? Sequential(Linear(inputs, hidden1), ReLU(), Linear(hidden1, hidden2), ReLU(), Linear(hidden2, 1), Tanh())
            : Sequential(Linear(inputs, hidden1), ReLU(), Linear(hidden1, hidden2), ReLU(), Linear(hidden2, 1));
        using IDisposable _ = no_grad();
        foreach (Parameter parameter in net.parameters())
        {
            using Tensor values = Uniform(parameter.shape);
            float scale = 1f / MathF.Sqrt(parameter.shape.Length == 2 ? parameter.shape[1] : parameter.shape[0]);
            parameter.copy_(values).mul_(scale);
        }
        return net;
    }

    /// <summary>Multiples of 2⁻¹⁵ in [−1, 1).</summary>
    private Tensor Uniform(params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            _state = _state * 1664525 + 1013904223;
            values[i] = ((int)(_state >> 16) - 32768) / 32768f;
        }
        return tensor(values, shape);
    }

    public void Update()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor s = Uniform(_batch, 3), a = Uniform(_batch, 1), r = Uniform(_batch, 1), next = Uniform(_batch, 3), terminated = Uniform(_batch, 1).gt(0.9f).to(ScalarType.Float32);
        Tensor y;
        using (no_grad())
        {
            y = r + 0.99f * (1 - terminated) * _targetQ.call(cat([next, 2 * _targetPolicy.call(next)], 1));
        }
        _qOptimizer.zero_grad();
        functional.mse_loss(_q.call(cat([s, a], 1)), y).backward();
        _qOptimizer.step();
        _policyOptimizer.zero_grad();
        (-_q.call(cat([s, 2 * _policy.call(s)], 1)).mean()).backward();
        _policyOptimizer.step();
        SoftUpdate(0.005f);
    }

    private void SoftUpdate(float tau)
    {
        using IDisposable _ = no_grad();
        foreach ((Parameter target, Parameter online) in Parameters(_targetPolicy, _targetQ).Zip(Parameters(_policy, _q)))
        {
            target.mul_(1 - tau).add_(online, alpha: tau);
        }
    }

    private static IEnumerable<Parameter> Parameters(params Module[] modules) => modules.SelectMany(m => m.parameters());

    /// <summary>SHA-256 over the bits of all weights.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in Parameters(_policy, _q, _targetPolicy, _targetQ))
        {
            foreach (float value in parameter.data<float>().ToArray())
            {
                hash.AppendData(BitConverter.GetBytes(value));
            }
        }
        return Convert.ToHexString(hash.GetHashAndReset())[..32];
    }

    public bool AllFinite() => Parameters(_policy, _q).All(p => p.data<float>().ToArray().All(float.IsFinite));

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { _policy, _targetPolicy, _q, _targetQ, _policyOptimizer, _qOptimizer })
        {
            part.Dispose();
        }
    }
}
