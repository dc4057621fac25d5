using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Exploration;
using Ddpg.Randomness;
using Ddpg.Replay;

namespace Ddpg.Training;

/// <summary>
/// Brings an agent and an environment together: act with noise, store, sample, update; evaluate at intervals. The settings are the agent's <see cref="Hyperparameters"/>.
/// One seed gives environment, exploration, replay and random actions a stream each, so that the same seed ends in the same weights, bit for bit.
/// </summary>
public sealed partial class Trainer
{
    private readonly SeededRandom _starts, _exploring, _replaying, _actions;
    private readonly Minibatch _minibatch;
    private readonly float[] _action, _observation;
    private readonly TrainingWatch _watch;
    private readonly List<EpisodeResult> _episodes = [];
    private readonly List<EvaluationPoint> _evaluations = [];
    private readonly EpisodeTally _tally = new();
    private readonly List<float> _episodeActions = [];
    private float[]? _handedOut;
    private bool _inEpisode;
    private ulong _start;
    private int _pendingEvaluation;

    /// <summary>Makes a trainer at step 0.</summary>
    /// <param name="environment">The task to train on.</param>
    /// <param name="agent">The agent to train.</param>
    /// <param name="evaluator">Evaluates at intervals, on an environment instance of its own; null makes no evaluations.</param>
    /// <param name="seed">Root seed of everything random but the agent's weights; the agent's own by default.</param>
    /// <param name="exploration">The noise; by default the one that the hyperparameters describe.</param>
    /// <exception cref="ArgumentException">The agent was made for other spaces, or evaluator and trainer share one environment instance.</exception>
    public Trainer(IEnvironment environment, DdpgAgent agent, Evaluator? evaluator = null, ulong? seed = null, IExploration? exploration = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(agent);
        if (environment.ObservationSpace.Length != agent.ObservationSpace.Length || environment.ActionSpace.Length != agent.ActionSpace.Length)
            throw new ArgumentException(
                $"{environment.Id} has observations of {environment.ObservationSpace.Length} and actions of {environment.ActionSpace.Length} numbers; the agent was made for {agent.ObservationSpace.Length} and {agent.ActionSpace.Length}.",
                nameof(agent));
        if (ReferenceEquals(evaluator?.Environment, environment))
            throw new ArgumentException("Evaluator and trainer share one environment instance; an evaluation would end the training episode. Give the evaluator its own.", nameof(evaluator));

        (Environment, Agent, Evaluator, Seed) = (environment, agent, evaluator, seed ?? agent.Seed);
        _starts = new SeededRandom(Seed, RandomStream.Environment);
        _exploring = new SeededRandom(Seed, RandomStream.Exploration);
        _replaying = new SeededRandom(Seed, RandomStream.Replay);
        _actions = new SeededRandom(Seed, RandomStream.ActionSampling);
        Exploration = exploration ?? ExplorationFactory.Make(agent, _exploring);
        Replay = new ReplayBuffer(agent.Hyperparameters.ReplayCapacity, environment.ObservationSpace.Length, environment.ActionSpace.Length);
        _minibatch = new Minibatch(agent.Hyperparameters.MinibatchSize, environment.ObservationSpace.Length, environment.ActionSpace.Length);
        (_action, _observation) = (new float[environment.ActionSpace.Length], new float[environment.ObservationSpace.Length]);
        _watch = new TrainingWatch(this);
        // The first point of the curve is the untrained policy.
        _pendingEvaluation = agent.Hyperparameters.EvaluationInterval > 0 ? agent.Hyperparameters.EvaluationEpisodes : 0;
    }

    /// <summary>Makes everything a run needs: two instances of the environment, agent, evaluator and trainer.</summary>
    /// <param name="environmentId">One of <see cref="EnvironmentRegistry.Ids"/>.</param>
    /// <param name="hyperparameters">The settings.</param>
    /// <param name="seed">Root seed of the run.</param>
    /// <exception cref="ArgumentException">There is no such environment; the message lists the known ones.</exception>
    public static Trainer Create(string environmentId, Hyperparameters hyperparameters, ulong seed = 0)
    {
        IEnvironment environment = EnvironmentRegistry.Make(environmentId);
        var agent = new DdpgAgent(environment.ObservationSpace, environment.ActionSpace, hyperparameters, seed);
        return new Trainer(environment, agent, new Evaluator(EnvironmentRegistry.Make(environmentId)));
    }

    /// <summary>After each finished training episode.</summary>
    public event Action<EpisodeResult>? EpisodeFinished;

    /// <summary>After each evaluation.</summary>
    public event Action<EvaluationPoint>? Evaluated;

    /// <summary>At the start, at most twice a second, and at the end.</summary>
    public event Action<TrainingProgress>? Progress;

    /// <summary>When something was noticed that ruins learning, or may. Where nobody listens, it goes to standard error. <see cref="TrainingResult.Warnings"/> has all of them.</summary>
    public event Action<TrainingWarning>? Warned;

    /// <summary>After each environment step and what was learnt from it.</summary>
    internal event Action<long>? Stepped;

    /// <summary>With each warning, for the run's own files: it is heard by nobody yet.</summary>
    internal event Action? WarningAdded;

    /// <summary>After the last step of a run, before everything that only its end brings: the final evaluation, and a last look back.</summary>
    internal event Action? EndReached;

    /// <summary>When <see cref="Hyperparameters.SaveInterval"/> says so, between two steps.</summary>
    internal event Action? SaveDue;

    /// <summary>The task.</summary>
    public IEnvironment Environment { get; }

    /// <summary>The agent being trained.</summary>
    public DdpgAgent Agent { get; }

    /// <summary>What evaluates it, if anything.</summary>
    public Evaluator? Evaluator { get; }

    /// <summary>The exploration noise.</summary>
    public IExploration Exploration { get; }

    /// <summary>The transitions seen so far.</summary>
    public ReplayBuffer Replay { get; }

    /// <summary>Root seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>Environment steps made so far.</summary>
    public long Step { get; private set; }

    internal IReadOnlyList<EvaluationPoint> Evaluations => _evaluations;

    internal IReadOnlyList<TrainingWarning> Warnings => _watch.Warnings;

    /// <summary>Trains until <see cref="Step"/> reaches <paramref name="totalSteps"/>. Called again with a larger number it goes on where it stopped, in the middle of an episode too.</summary>
    /// <param name="totalSteps">Environment steps in all, counted from the run's start.</param>
    /// <param name="cancellation">Stops after the current step; agent and curves are kept, and the result says so.</param>
    /// <returns>The curves since the run's start.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run is already past <paramref name="totalSteps"/>.</exception>
    /// <exception cref="TrainingDivergedException">A loss, an action or a weight is no longer finite.</exception>
    public TrainingResult Train(long totalSteps, CancellationToken cancellation = default)
    {
        if (HasEnded(totalSteps))
            throw new ArgumentOutOfRangeException(nameof(totalSteps), totalSteps, $"The run has already made {Step} steps; totalSteps counts from its start, so pass a larger number.");
        var clock = new TrainingClock(this, totalSteps, Progress);
        try
        {
            EvaluateWhatIsPending(totalSteps, cancellation);
            while (Step < totalSteps && !cancellation.IsCancellationRequested)
            {
                bool episodeEnded = TakeStep();
                Learn();
                if (episodeEnded)
                    FinishEpisode();
                _pendingEvaluation = Step == totalSteps ? Agent.Hyperparameters.FinalEvaluationEpisodes
                    : IsDue(Agent.Hyperparameters.EvaluationInterval, episodeEnded) ? Agent.Hyperparameters.EvaluationEpisodes : 0;
                EvaluateWhatIsPending(totalSteps, cancellation);
                Stepped?.Invoke(Step);
                if (Step < totalSteps && IsDue(Agent.Hyperparameters.SaveInterval, episodeEnded))
                    SaveDue?.Invoke();
                clock.Tick();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Cancelled between two episodes of an evaluation: it stays pending and comes first when the run goes on.
        }
        clock.Finish();
        return new TrainingResult(Step, Step < totalSteps || _pendingEvaluation > 0, [.. _episodes], [.. _evaluations], clock.Elapsed) { Warnings = [.. Warnings] };
    }

    /// <summary>One environment step: choose an action, explore, perform it, remember it.</summary>
    private bool TakeStep()
    {
        if (!_inEpisode)
            BeginEpisode();
        if (Step < Agent.Hyperparameters.StartSteps)
        {
            Environment.ActionSpace.Sample(_actions, _action);
        }
        else
        {
            Agent.Act(_observation, _action);
            CheckFinite("policy's action", _action);
            Exploration.Apply(_observation, _action);
        }

        _episodeActions.AddRange(_action);
        StepResult step = Environment.Step(_action);
        CheckObservation(step.Observation, "Step");
        Agent.Observe(step.Observation);
        // Only Terminated goes into replay: after a time limit there is still a future to estimate.
        Replay.Add(_observation, _action, step.Reward, step.Observation, step.Terminated);
        Step++;
        _tally.Add(step, Agent.Hyperparameters.EpisodeLength);
        step.Observation.CopyTo(_observation, 0);
        return _tally.Ended;
    }

    private void BeginEpisode()
    {
        // Each episode has a start seed of its own, so that a checkpoint can repeat it from its seed and actions, whatever the environment.
        _start = _starts.NextUInt64();
        _episodeActions.Clear();
        float[] observation = Environment.Reset(_start);
        CheckObservation(observation, "Reset");
        // A copy: the environment may fill its array anew, and this one is needed beside the next.
        observation.CopyTo(_observation, 0);
        _inEpisode = true;
        Agent.Observe(_observation);
        Exploration.Reset();
        _tally.Clear();
    }

    private void CheckObservation(float[]? observation, string from)
    {
        if (observation?.Length != _observation.Length)
            throw new InvalidOperationException($"{Environment.Id}: {from} returned {(observation is null ? "no observation (null)" : $"an observation of {observation.Length} numbers")}; its ObservationSpace has {_observation.Length}. EnvironmentChecker.Check finds more of this kind.");
        _watch.HandedOut(observation, _handedOut);
        _handedOut = observation;
    }

    private void Learn()
    {
        if (Step < Agent.Hyperparameters.LearningStarts)
            return;
        for (int i = 0; i < Agent.Hyperparameters.UpdatesPerStep; i++)
        {
            Replay.Sample(_minibatch, _replaying);
            // Here, not where rewards enter replay: what is stored and reported stays in the environment's units.
            ScaleRewards();
            UpdateMetrics metrics = Agent.Update(_minibatch);
            CheckFinite("critic loss", [metrics.CriticLoss]);
            CheckFinite("policy loss", [metrics.PolicyLoss ?? 0]);
            // A loss can still be a number when its gradient no longer is.
            if (Agent.FindNonFiniteWeight() is (string weight, float value))
                throw new TrainingDivergedException(Step, weight, value);
            Exploration.AfterUpdate(_minibatch);
            _tally.Add(metrics);
        }
    }

    private void ScaleRewards()
    {
        // In float64: the scale itself may be no float32 number, the product is.
        double scale = Agent.Hyperparameters.RewardScale;
        if (scale != 1)
            for (int i = 0; i < _minibatch.Size; i++)
                _minibatch.Rewards[i] = (float)(_minibatch.Rewards[i] * scale);
    }

    private void FinishEpisode()
    {
        EpisodeResult episode = _tally.Result(Step, _episodes.Count + 1);
        _episodes.Add(episode);
        _inEpisode = false;
        EpisodeFinished?.Invoke(episode);
    }

    private void EvaluateWhatIsPending(long totalSteps, CancellationToken cancellation)
    {
        bool atEnd = Step == totalSteps;
        if (atEnd && _pendingEvaluation > 0)
            EndReached?.Invoke();
        _watch.LookBack(atEnd);
        if (_pendingEvaluation > 0 && Evaluator is not null)
        {
            var point = new EvaluationPoint(Step, Evaluator.Evaluate(_watch.Policy(), _pendingEvaluation, cancellation));
            _evaluations.Add(point);
            Evaluated?.Invoke(point);
            _watch.Evaluated(atEnd);
        }
        _pendingEvaluation = 0;
    }

    internal void Warn(TrainingWarning warning)
    {
        WarningAdded?.Invoke();
        if (Warned is null)
            Console.Error.WriteLine(warning);
        else
            Warned(warning);
    }

    internal bool HasEnded(long totalSteps) => Step > totalSteps || (Step == totalSteps && _pendingEvaluation == 0);

    internal TrainingProgress CurrentProgress(long totalSteps, TimeSpan elapsed, TimeSpan? remaining) => new(
        Step, totalSteps, _episodes.Count, elapsed, remaining, _episodes.LastOrDefault(), _evaluations.LastOrDefault());

    private bool IsDue(long interval, bool episodeEnded) => interval > 0 && Agent.Hyperparameters.IntervalUnit switch
    {
        IntervalUnit.Steps => Step % interval == 0,
        _ => episodeEnded && _episodes.Count % interval == 0,
    };

    private void CheckFinite(string quantity, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                throw new TrainingDivergedException(Step, quantity, value);
    }
}
