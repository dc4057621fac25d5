using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Ddpg.Benchmarks;

/// <summary>A network as a reader would write it: layers in fields, ReLU between them.</summary>
internal sealed class HandWrittenMlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1, fc2, fc3;

    public HandWrittenMlp(int inputs, int[] hidden, int outputs) : base(nameof(HandWrittenMlp))
    {
        fc1 = Linear(inputs, hidden[0]);
        fc2 = Linear(hidden[0], hidden[1]);
        fc3 = Linear(hidden[1], outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => fc3.call(F.relu(fc2.call(F.relu(fc1.call(input), inplace: true)), inplace: true));
}

/// <summary>DDPG's update written out with the public members of TorchSharp alone, on networks of the reader's own.</summary>
internal sealed class HandWrittenAgent : IDisposable
{
    private readonly HandWrittenMlp _actor, _actorTarget, _critic, _criticTarget;
    private readonly Adam _actorOptimizer, _criticOptimizer;
    private readonly Parameter[] _criticParameters;
    private readonly Tensor _s, _a, _r, _d, _s2, _halfRange, _center;

    public HandWrittenAgent(Case row)
    {
        manual_seed(1);
        (_actor, _actorTarget) = (new(row.Observation, row.Hidden, row.Action), new(row.Observation, row.Hidden, row.Action));
        (_critic, _criticTarget) = (new(row.Observation + row.Action, row.Hidden, 1), new(row.Observation + row.Action, row.Hidden, 1));
        _actorTarget.load_state_dict(_actor.state_dict());
        _criticTarget.load_state_dict(_critic.state_dict());
        _criticParameters = [.. _critic.parameters()];
        _actorOptimizer = optim.Adam(_actor.parameters(), 1e-3);
        _criticOptimizer = optim.Adam(_criticParameters, 1e-3);
        (_halfRange, _center) = (full(row.Action, 2f), zeros(row.Action));
        (_s, _s2, _a) = (randn(row.Batch, row.Observation), randn(row.Batch, row.Observation), rand(row.Batch, row.Action) * 4 - 2);
        (_r, _d) = (randn(row.Batch, 1), zeros(row.Batch, 1));
    }

    public (float CriticLoss, float PolicyLoss) Update()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor y;
        using (no_grad())
        using (NewDisposeScope()) y = (_r + 0.99 * (1 - _d) * Value(_criticTarget, _s2, Act(_actorTarget, _s2))).MoveToOuterDisposeScope();
        Tensor loss = F.mse_loss(Value(_critic, _s, _a), y);
        _criticOptimizer.zero_grad();
        loss.backward();
        _criticOptimizer.step();

        foreach (Parameter p in _criticParameters) p.requires_grad = false;
        Tensor policyLoss = -Value(_critic, _s, Act(_actor, _s)).mean();
        _actorOptimizer.zero_grad();
        policyLoss.backward();
        _actorOptimizer.step();
        foreach (Parameter p in _criticParameters) p.requires_grad = true;

        using (no_grad())
        {
            foreach ((Parameter source, Parameter target) in _actor.parameters().Zip(_actorTarget.parameters())) target.mul_(1 - 0.005).add_(source, alpha: 0.005);
            foreach ((Parameter source, Parameter target) in _critic.parameters().Zip(_criticTarget.parameters())) target.mul_(1 - 0.005).add_(source, alpha: 0.005);
        }
        return (loss.item<float>(), policyLoss.item<float>());
    }

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { _actor, _actorTarget, _critic, _criticTarget, _actorOptimizer, _criticOptimizer }) part.Dispose();
    }

    private Tensor Act(HandWrittenMlp net, Tensor s) => net.call(s).tanh() * _halfRange + _center;

    private Tensor Value(HandWrittenMlp net, Tensor s, Tensor a) => net.call(cat([s, (a - _center) / _halfRange], 1));
}
