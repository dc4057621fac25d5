using Ddpg.Networks;

namespace Ddpg.Agents;

/// <summary>
/// Every number that a training run depends on besides its seed. Immutable: vary one with <c>hyperparameters with { Tau = 0.01 }</c>.
/// A value outside its range is refused when it is set, by an <see cref="ArgumentOutOfRangeException"/> that names property, value and range.
/// The defaults are the post's (<see cref="Post"/>); where the post does not list one, the summary says whose it is.
/// </summary>
public sealed partial record Hyperparameters
{
    // Learning

    /// <summary>Discount γ, in [0, 1]: the value today of a reward one step later. Default: 0.99 (Lillicrap et al. 2016, §7; the post names 0.99 in its text).</summary>
    [Allowed("[0, 1]", "0.98 to 0.99 suits most tasks; 1 has no finite return where episodes do not terminate")]
    public double Discount { get; init => field = Allowed.Checked(value); } = 0.99;

    /// <summary>Learning rate of the policy's Adam, in (0, 1]. Default: 0.001 (post, policy-lr; the paper has 0.0001).</summary>
    [Allowed("(0, 1]", "1e-4 to 1e-3 is usual")]
    public double PolicyLearningRate { get; init => field = Allowed.Checked(value); } = 1e-3;

    /// <summary>Learning rate of the critics' Adam, in (0, 1]. Default: 0.001 (post, value-lr; its listing passes policy-lr by mistake).</summary>
    [Allowed("(0, 1]", "1e-4 to 1e-3 is usual")]
    public double CriticLearningRate { get; init => field = Allowed.Checked(value); } = 1e-3;

    /// <summary>L2 penalty on the critics' weights, in [0, 1], added to the gradient by Adam. Default: 0 (the post has none; the paper has 0.01).</summary>
    [Allowed("[0, 1]", "0 turns it off, 0.01 is the paper's")]
    public double CriticWeightDecay { get; init => field = Allowed.Checked(value); }

    /// <summary>Transitions B in a minibatch, in [1, 65536]. Default: 256 (CleanRL, SB3; the post does not list it).</summary>
    [Allowed("[1, 65536]", "64 to 256 is usual")]
    public int MinibatchSize { get; init => field = Allowed.Checked(value); } = 256;

    /// <summary>Transitions the replay buffer holds before it forgets the oldest, in [1, 100000000]. Default: 1000000 (Lillicrap et al. 2016, §7; the post does not list it).</summary>
    [Allowed("[1, 100000000]", "one row takes (2·observation + action + 2)·4 bytes; 1000000 is usual")]
    public int ReplayCapacity { get; init => field = Allowed.Checked(value); } = 1_000_000;

    /// <summary>Soft-update rate τ, in [0, 1]: θ' ← τθ + (1 − τ)θ'. 1 copies, 0 never moves the target networks. Default: 0.005 (post, tau; the paper has 0.001).</summary>
    [Allowed("[0, 1]", "0.001 to 0.01 is usual")]
    public double Tau { get; init => field = Allowed.Checked(value); } = 0.005;

    /// <summary>Updates between two soft updates of the target networks, in [1, 1000000]. Default: 1 (post, target-update-interval).</summary>
    [Allowed("[1, 1000000]", "1 updates the target networks each time")]
    public int TargetUpdateInterval { get; init => field = Allowed.Checked(value); } = 1;

    /// <summary>Updates made after each environment step, in [1, 1000]. Default: 1 (post, updates-per-step).</summary>
    [Allowed("[1, 1000]", "1 is usual")]
    public int UpdatesPerStep { get; init => field = Allowed.Checked(value); } = 1;

    /// <summary>First environment steps that take uniformly random actions, in [0, 1000000000]. Default: 5000 (post, start-steps).</summary>
    [Allowed("[0, 1000000000]", "1000 suits a short run, 10000 a long one")]
    public long StartSteps { get; init => field = Allowed.Checked(value); } = 5_000;

    /// <summary>Environment steps before the first update, in [0, 1000000000]. Default: 5000 (post: its start-steps gates both; here they are two knobs).</summary>
    [Allowed("[0, 1000000000]", "at least a few minibatches; 1000 suits a short run")]
    public long LearningStarts { get; init => field = Allowed.Checked(value); } = 5_000;

    /// <summary>
    /// What the <see cref="Training.Trainer"/> multiplies rewards by when it learns from them, in (0, 1000000]; replay and reported returns keep the environment's units, losses and Q-values are in
    /// scaled ones. Default: 1 (post; none of its own).
    /// </summary>
    [Allowed("(0, 1000000]", "1 over the size of a usual reward is a good value: 0.01 where rewards are of the order of 100")]
    public double RewardScale { get; init => field = Allowed.Checked(value); } = 1;

    // What TD3 adds (Fujimoto et al. 2018); the defaults switch it off

    /// <summary>Critics trained side by side, in [1, 20]. Default: 1 (post; TD3 has 2).</summary>
    [Allowed("[1, 20]", "1 is DDPG, 2 is TD3")]
    public int Critics { get; init => field = Allowed.Checked(value); } = 1;

    /// <summary>How the target values of several critics become one. Default: Minimum (TD3; the post proposes Mean). Without effect on one critic.</summary>
    public CriticTarget CriticTarget { get; init => field = Allowed.Known(value); } = CriticTarget.Minimum;

    /// <summary>Critic updates for each policy update and soft update, in [1, 1000]. Default: 1 (post; TD3 has 2).</summary>
    [Allowed("[1, 1000]", "1 is DDPG, 2 is TD3")]
    public int PolicyDelay { get; init => field = Allowed.Checked(value); } = 1;

    /// <summary>Standard deviation of target policy smoothing, in half ranges of the action, in [0, 10]. Default: 0 (off; TD3 has 0.2).</summary>
    [Allowed("[0, 10]", "0 is DDPG, 0.2 is TD3")]
    public double TargetNoiseStd { get; init => field = Allowed.Checked(value); }

    /// <summary>Largest target smoothing noise, in half ranges of the action, in [0, 10]. Default: 0.5 (TD3). Without effect while TargetNoiseStd is 0.</summary>
    [Allowed("[0, 10]", "0.5 is TD3's")]
    public double TargetNoiseClip { get; init => field = Allowed.Checked(value); } = 0.5;

    // What computes

    /// <summary>What computes an update. Default: Fused (ours: the same update as Autograd to rounding, faster, and the same bits on every machine). CUDA needs Autograd.</summary>
    public UpdateMethod UpdateBy { get; init => field = Allowed.Known(value); } = UpdateMethod.Fused;

    /// <summary>Where the networks lie: cpu, cuda, or cuda:1 for the second card. Default: cpu (networks of this size gain nothing from a card; the post's listing takes CUDA where there is one).</summary>
    public string Device { get; init => field = TensorDevice.Checked(value); } = "cpu";

    // Networks

    /// <summary>Widths of the hidden layers of policy and critics. Default: 256-256 (the post prints these; the paper has 400-300).</summary>
    public LayerSizes HiddenSizes { get; init => field = value ?? throw new ArgumentNullException(nameof(HiddenSizes)); } = [256, 256];

    /// <summary>How weights start. Default: Xavier (post, weights-init).</summary>
    public WeightInitialization WeightInitialization { get; init => field = Allowed.Known(value); } = WeightInitialization.Xavier;

    /// <summary>How biases start. Default: Zeros (post, bias-init).</summary>
    public BiasInitialization BiasInitialization { get; init => field = Allowed.Known(value); } = BiasInitialization.Zeros;

    /// <summary>Layer normalisation in the policy's hidden layers, before the activation. Default: false (post).</summary>
    public bool PolicyLayerNorm { get; init; }

    /// <summary>Layer normalisation in the critics' hidden layers, before the activation. Default: false (post).</summary>
    public bool CriticLayerNorm { get; init; }

    /// <summary>Observations are brought to mean 0 and variance 1 by running statistics before the networks see them; replay keeps them raw. Default: false (post; OpenAI Baselines: true).</summary>
    public bool ObservationNormalization { get; init; }
}
