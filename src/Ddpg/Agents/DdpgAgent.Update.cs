using Ddpg.Networks;
using Ddpg.Replay;
using TorchSharp;
using static TorchSharp.torch;

namespace Ddpg.Agents;

public sealed partial class DdpgAgent
{
    /// <summary>One update by Algorithm 1 of Lillicrap et al. (2016): the critic, then the policy, then the target networks.</summary>
    /// <remarks>What follows the choice of the fused update is the reference, in TorchSharp: it makes no temporary scalar (see <see cref="Scalars"/>).</remarks>
    /// <param name="minibatch">B transitions drawn from replay.</param>
    /// <returns>The losses before the step.</returns>
    /// <exception cref="ArgumentException">The minibatch is made for other observations or actions.</exception>
    public UpdateMetrics Update(Minibatch minibatch)
    {
        CheckSizes(minibatch);
        Updates++;
        bool improvesPolicy = Updates % Hyperparameters.PolicyDelay == 0;
        bool followsTargets = improvesPolicy && Updates / Hyperparameters.PolicyDelay % Hyperparameters.TargetUpdateInterval == 0;
        if (_fused is not null)
            return _fused.Update(minibatch, improvesPolicy, followsTargets);

        using DisposeScope scope = NewDisposeScope();
        (Tensor s, Tensor a, Tensor r, Tensor sNext, Tensor d) = _minibatch.Load(minibatch, this, _device);

        // y = r + γ(1 − d)·Q'(s', μ'(s'))          from the target networks, without gradient; d = 1 where terminated
        Tensor y;
        using (no_grad())
            y = Losses.Targets(r, d, TargetValue(sNext, TargetAction(sNext)), Hyperparameters.Discount);

        // L(φ) = 1/B Σ (Q(s, a) − y)²              the critics descend it, each towards the same y
        Tensor q = QNetwork.call(s, a);
        Tensor criticLoss = Losses.CriticLoss(q, y);
        foreach (QNetwork critic in QNetworks.Skip(1))
            criticLoss = criticLoss.add(Losses.CriticLoss(critic.call(s, a), y), Scalars.One);
        Tensor[] gradients = [.. QNetworks.Select(critic => critic.Weights.StartGradient())];
        criticLoss.backward();
        foreach ((FlatAdam optimizer, Tensor gradient) in _criticOptimizers.Zip(gradients))
            optimizer.Step(gradient);
        var metrics = new UpdateMetrics(criticLoss.item<float>(), q.mean().item<float>(), null);

        // J(θ) = 1/B Σ Q(s, μ(s))                  the policy ascends it: ∇J = 1/B Σ ∇ₐQ(s, a)|a=μ(s) · ∇μ(s); φ stands still
        if (improvesPolicy)
        {
            SetRequiresGrad(_criticParameters, false);
            Tensor policyLoss = Losses.PolicyLoss(QNetwork.call(s, Policy.call(s)));
            Tensor gradient = Policy.Weights.StartGradient();
            policyLoss.backward();
            _policyOptimizer.Step(gradient);
            SetRequiresGrad(_criticParameters, true);
            metrics = metrics with { PolicyLoss = policyLoss.item<float>() };
        }

        // θ' ← τθ + (1 − τ)θ'   φ' ← τφ + (1 − τ)φ'
        if (followsTargets)
        {
            SoftUpdate.Apply(Policy.Weights, TargetPolicy.Weights, Hyperparameters.Tau);
            foreach ((QNetwork critic, QNetwork target) in QNetworks.Zip(TargetQNetworks))
                SoftUpdate.Apply(critic.Weights, target.Weights, Hyperparameters.Tau);
        }
        return metrics;
    }

    /// <summary>μ'(s'), with clipped noise on it where target policy smoothing is on (TD3).</summary>
    private Tensor TargetAction(Tensor sNext)
    {
        Tensor action = TargetPolicy.call(sNext);
        if (!_smoothing.IsOn)
            return action;
        float[] actions = action.cpu().data<float>().ToArray();
        ActionSpace.Scale(actions, actions);
        _smoothing.Apply(actions);
        ActionSpace.Unscale(actions, actions);
        return tensor(actions, action.shape, device: _device);
    }

    /// <summary>Q'(s', a'), over several critics their minimum (TD3) or mean.</summary>
    private Tensor TargetValue(Tensor sNext, Tensor aNext)
    {
        Tensor value = TargetQNetwork.call(sNext, aNext);
        foreach (QNetwork target in TargetQNetworks.Skip(1))
        {
            Tensor other = target.call(sNext, aNext);
            value = Hyperparameters.CriticTarget == CriticTarget.Minimum ? minimum(value, other) : value.add(other, Scalars.One);
        }
        if (Hyperparameters.CriticTarget != CriticTarget.Mean || TargetQNetworks.Count == 1)
            return value;
        using Scalar count = TargetQNetworks.Count;
        return value / count;
    }

    private void CheckSizes(Minibatch minibatch)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        if (minibatch.ObservationSize != ObservationSpace.Length || minibatch.ActionSize != ActionSpace.Length)
            throw new ArgumentException(
                $"The minibatch holds observations of {minibatch.ObservationSize} and actions of {minibatch.ActionSize} numbers; this agent was made for {ObservationSpace.Length} and {ActionSpace.Length}.",
                nameof(minibatch));
    }
}
