using Ddpg.Networks;
using Ddpg.Replay;
using TorchSharp;
using static TorchSharp.torch;

namespace Ddpg.Agents;

public sealed partial class DdpgAgent
{
    /// <summary>One update by Algorithm 1 of Lillicrap et al. (2016): the critic, then the policy, then the target networks.</summary>
    /// <param name="minibatch">B transitions drawn from replay.</param>
    /// <returns>The losses before the step.</returns>
    /// <exception cref="ArgumentException">The minibatch is made for other observations or actions.</exception>
    public UpdateMetrics Update(Minibatch minibatch)
    {
        CheckSizes(minibatch);
        using DisposeScope scope = NewDisposeScope();
        (Tensor s, Tensor a, Tensor r, Tensor sNext, Tensor d) = _minibatch.Load(minibatch, this);

        // y = r + γ(1 − d)·Q'(s', μ'(s'))          from the target networks, without gradient; d = 1 where terminated
        Tensor y;
        using (no_grad())
        using (NewDisposeScope())
            y = Losses.Targets(r, d, TargetValue(sNext, TargetAction(sNext)), Hyperparameters.Discount).MoveToOuterDisposeScope();

        // L(φ) = 1/B Σ (Q(s, a) − y)²              the critics descend it, each towards the same y
        Tensor q = QNetwork.call(s, a);
        Tensor criticLoss = Losses.CriticLoss(q, y);
        foreach (QNetwork critic in QNetworks.Skip(1))
            criticLoss = criticLoss + Losses.CriticLoss(critic.call(s, a), y);
        _criticOptimizer.zero_grad();
        criticLoss.backward();
        _criticOptimizer.step();
        Updates++;
        var metrics = new UpdateMetrics(criticLoss.item<float>(), q.mean().item<float>(), null);
        if (Updates % Hyperparameters.PolicyDelay != 0)
            return metrics;

        // J(θ) = 1/B Σ Q(s, μ(s))                  the policy ascends it: ∇J = 1/B Σ ∇ₐQ(s, a)|a=μ(s) · ∇μ(s); φ stands still
        SetRequiresGrad(_criticParameters, false);
        Tensor policyLoss = Losses.PolicyLoss(QNetwork.call(s, Policy.call(s)));
        _policyOptimizer.zero_grad();
        policyLoss.backward();
        _policyOptimizer.step();
        SetRequiresGrad(_criticParameters, true);

        // θ' ← τθ + (1 − τ)θ'   φ' ← τφ + (1 − τ)φ'
        if (Updates / Hyperparameters.PolicyDelay % Hyperparameters.TargetUpdateInterval == 0)
        {
            SoftUpdate.Apply(Policy, TargetPolicy, Hyperparameters.Tau);
            foreach ((QNetwork critic, QNetwork target) in QNetworks.Zip(TargetQNetworks))
                SoftUpdate.Apply(critic, target, Hyperparameters.Tau);
        }
        return metrics with { PolicyLoss = policyLoss.item<float>() };
    }

    /// <summary>μ'(s'), with clipped noise on it where target policy smoothing is on (TD3): a small change of the action should not change the value much.</summary>
    private Tensor TargetAction(Tensor sNext)
    {
        Tensor action = TargetPolicy.call(sNext);
        if (Hyperparameters.TargetNoiseStd == 0)
            return action;

        // ã = clip(μ'(s') + clip(ε, −κ, κ)),  ε ~ N(0, σ̃²), both in half ranges of the action
        float[] actions = action.data<float>().ToArray();
        double[] halfRange = ActionSpace.HalfRange;
        for (int row = 0; row < actions.Length; row += halfRange.Length)
        {
            for (int i = 0; i < halfRange.Length; i++)
                actions[row + i] += (float)(halfRange[i] * Math.Clamp(Hyperparameters.TargetNoiseStd * _smoothing.NextNormal(), -Hyperparameters.TargetNoiseClip, Hyperparameters.TargetNoiseClip));
            ActionSpace.Clip(actions.AsSpan(row, halfRange.Length));
        }
        return MinibatchTensors.Fill(ref _smoothed, actions, action.shape[0], action.shape[1]);
    }

    /// <summary>Q'(s', a'), over several critics their minimum (TD3) or mean.</summary>
    private Tensor TargetValue(Tensor sNext, Tensor aNext)
    {
        Tensor value = TargetQNetwork.call(sNext, aNext);
        foreach (QNetwork target in TargetQNetworks.Skip(1))
        {
            Tensor other = target.call(sNext, aNext);
            value = Hyperparameters.CriticTarget == CriticTarget.Minimum ? minimum(value, other) : value + other;
        }
        return Hyperparameters.CriticTarget == CriticTarget.Mean && TargetQNetworks.Count > 1 ? value / TargetQNetworks.Count : value;
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
