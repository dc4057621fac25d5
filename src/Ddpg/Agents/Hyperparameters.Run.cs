using Ddpg.Exploration;

namespace Ddpg.Agents;

public sealed partial record Hyperparameters
{
    // Exploration

    /// <summary>Which exploration noise. Default: Normal (post).</summary>
    public ExplorationKind Exploration { get; init => field = Allowed.Known(value); } = ExplorationKind.Normal;

    /// <summary>Noise scale σ in half ranges of the action, in [0, 10]. Default: 0.2 (the post's noise-std, which it applies unscaled). Ornstein-Uhlenbeck noise multiplies it by √Δt.</summary>
    [Allowed("[0, 10]", "0.1 to 0.5 is usual; it is relative to the action's half range")]
    public double NoiseStd { get; init => field = Allowed.Checked(value); } = NoiseDefaults.Sigma;

    /// <summary>Pull θ of Ornstein-Uhlenbeck noise towards zero, in (0, 1000]. Default: 0.15 (Lillicrap et al. 2016, §7).</summary>
    [Allowed("(0, 1000]", "0.15 is the paper's")]
    public double OrnsteinUhlenbeckTheta { get; init => field = Allowed.Checked(value); } = NoiseDefaults.Theta;

    /// <summary>Time step Δt of Ornstein-Uhlenbeck noise, in (0, 1000]; θΔt must stay below 2. Default: 0.01 (OpenAI Baselines, whose helpers the post uses; the paper's constants assume 1).</summary>
    [Allowed("(0, 1000]", "1 is the paper's, 0.01 is OpenAI Baselines'; it decides how long the noise pushes one way")]
    public double OrnsteinUhlenbeckDt { get; init => field = Allowed.Checked(value); } = NoiseDefaults.TimeStep;

    /// <summary>Wanted effect δ of parameter noise on the actions, as a standard deviation in half ranges, in (0, 10]. Default: 0.2 (OpenAI Baselines, whose helper the post uses; sparse tasks 0.6).</summary>
    [Allowed("(0, 10]", "0.2 is usual, 0.6 on sparse tasks such as MountainCarContinuous-v0")]
    public double ParameterNoiseTarget { get; init => field = Allowed.Checked(value); } = 0.2;

    /// <summary>Spread σ of the weights that parameter noise starts with, in (0, 10]. Default: 0.2 (OpenAI Baselines).</summary>
    [Allowed("(0, 10]", "0.2 is usual; it adapts by 1.01 every 50 updates")]
    public double ParameterNoiseInitialStd { get; init => field = Allowed.Checked(value); } = 0.2;

    /// <summary>Exploring steps over which the noise scale falls linearly from NoiseStd to FinalNoiseFraction of it, in [0, 1000000000]. Default: 0 (no decay; post). Parameter noise adapts by itself and has none.</summary>
    [Allowed("[0, 1000000000]", "0 turns the decay off; the run's total steps is a good value")]
    public long NoiseDecaySteps { get; init => field = Allowed.Checked(value); }

    /// <summary>What the decay leaves of the noise scale, in [0, 1]. Default: 0.1 (ours; without effect while NoiseDecaySteps is 0).</summary>
    [Allowed("[0, 1]", "0.1 leaves a tenth of the noise at the end")]
    public double FinalNoiseFraction { get; init => field = Allowed.Checked(value); } = 0.1;

    // Run

    /// <summary>Environment steps of a whole run, in [1, 10000000000]. Default: 100000 (post, total-steps).</summary>
    [Allowed("[1, 10000000000]", "10000 solves Pendulum-v1 with its preset")]
    public long TotalSteps { get; init => field = Allowed.Checked(value); } = 100_000;

    /// <summary>Longest training episode in steps, in [1, 1000000000]; a longer one is cut (truncated). The environment's own limit also holds. Default: 1000 (post, episode-length).</summary>
    [Allowed("[1, 1000000000]", "the environment's own limit is the usual choice")]
    public int EpisodeLength { get; init => field = Allowed.Checked(value); } = 1_000;

    /// <summary>What EvaluationInterval and SaveInterval count. Default: Episodes (the post's "epochs").</summary>
    public IntervalUnit IntervalUnit { get; init => field = Allowed.Known(value); } = IntervalUnit.Episodes;

    /// <summary>Steps or episodes between two evaluations, in [0, 1000000000]; 0 evaluates only at the end. Default: 20 (post, eval-interval).</summary>
    [Allowed("[0, 1000000000]", "1000 steps or 20 episodes are usual; 0 evaluates only at the end")]
    public long EvaluationInterval { get; init => field = Allowed.Checked(value); } = 20;

    /// <summary>Episodes in one evaluation, always from the same starts, in [1, 100000]. Default: 3 (post, eval-episodes).</summary>
    [Allowed("[1, 100000]", "10 shows a trend, 100 supports a claim")]
    public int EvaluationEpisodes { get; init => field = Allowed.Checked(value); } = 3;

    /// <summary>Episodes in the evaluation that ends a run, in [1, 100000]; the first of them are EvaluationEpisodes' own. Default: 100 (ours: luck of the start alone moves a mean of 10 by 23 on Pendulum-v1).</summary>
    [Allowed("[1, 100000]", "100 supports a claim")]
    public int FinalEvaluationEpisodes { get; init => field = Allowed.Checked(value); } = 100;

    /// <summary>Steps or episodes between two saves of the run, in [0, 1000000000]; 0 saves only at the end. Default: 20 (post, save-interval).</summary>
    [Allowed("[0, 1000000000]", "20 episodes or 5000 steps are usual; 0 saves only at the end")]
    public long SaveInterval { get; init => field = Allowed.Checked(value); } = 20;
}
