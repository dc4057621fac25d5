using System.Globalization;
using Ddpg.Replay;

namespace Ddpg.Training;

/// <summary>
/// Notices conditions that ruin learning, where they cost next to nothing to notice. What it tells depends on the run alone, so that a resumed run tells the same at the same steps.
/// </summary>
internal sealed class TrainingWatch(Trainer trainer)
{
    private const int Interval = 1_000;
    private const int Fewest = 100;

    /// <summary>
    /// The part of an evaluation's steps at one and the same bound that counts as stuck there. A policy that swings a mountain car up spends 96 % of its steps at the two bounds together, and rightly so;
    /// at one of them no run of the presets' first seeds spent more than 71 %.
    /// </summary>
    private const double MostSteps = 0.9;

    // In half ranges: tanh(3.8) = 0.999, where its gradient is 0.002.
    private const double AtBound = 1e-3;

    private readonly List<TrainingWarning> _warnings = [];
    private readonly float[] _lowest = trainer.Environment.ActionSpace.Low, _highest = trainer.Environment.ActionSpace.High;
    private readonly double[] _halfRange = trainer.Environment.ActionSpace.HalfRange;
    private readonly int[] _low = new int[trainer.Environment.ActionSpace.Length], _high = new int[trainer.Environment.ActionSpace.Length];
    private readonly bool[] _stuckBefore = new bool[2 * trainer.Environment.ActionSpace.Length];
    private int _actions;

    public IReadOnlyList<TrainingWarning> Warnings => _warnings;

    /// <summary>A new observation array where the previous one was <paramref name="previous"/>.</summary>
    public void HandedOut(float[] array, float[]? previous)
    {
        if (ReferenceEquals(array, previous) && !IsTold(TrainingConcern.ReusedArray))
            Tell(TrainingConcern.ReusedArray, $"{trainer.Environment.Id} handed out the observation array that it had handed out the time before. This run copies each observation and goes right; in a loop of your own, "
                + "observation and next observation would be the same numbers, and nothing would be learnt. Make a new array in each Reset and Step; EnvironmentChecker.Check looks for more (notebooks/11-your-own-environment.ipynb).");
    }

    /// <summary>Looks at what the replay buffer holds: after each thousand steps, once there is something to learn from, and at the end.</summary>
    public void LookBack(bool atEnd)
    {
        ReplayBuffer replay = trainer.Replay;
        bool due = atEnd || (trainer.Step % Interval == 0 && trainer.Step >= trainer.Agent.Hyperparameters.LearningStarts);
        if (!due || replay.Count < Fewest)
            return;
        int observationSize = trainer.Environment.ObservationSpace.Length;
        if (!IsTold(TrainingConcern.ConstantObservation) && IsObservationConstant(replay, observationSize))
            Tell(TrainingConcern.ConstantObservation, string.Create(CultureInfo.InvariantCulture, $"in the last {Math.Min(Interval, replay.Count)} steps every observation was {Text(replay.Row(replay.Count - 1)[..observationSize])}: ")
                + "the policy cannot tell one state from another and learns one action for all. If the task is not meant so (a bandit is), look at what Reset and Step return; EnvironmentChecker.Check helps (notebooks/11-your-own-environment.ipynb).");
        if (!IsTold(TrainingConcern.ConstantReward) && ConstantReward(replay, observationSize + trainer.Environment.ActionSpace.Length) is float reward)
            Tell(TrainingConcern.ConstantReward, string.Create(CultureInfo.InvariantCulture, $"the reward was {reward} in each of the {replay.Count} steps in replay{(reward == 0 ? "" : ", and no episode terminated")}: ")
                + "no action is better than another, so there is nothing to learn. Look at the reward that Step returns (notebooks/11-your-own-environment.ipynb); if it waits at a distant goal, exploration has not met it yet (notebooks/05-exploration-noise.ipynb).");
    }

    /// <summary>The agent's policy, counted: for one evaluation.</summary>
    public Func<ReadOnlySpan<float>, float[]> Policy()
    {
        Array.Clear(_low);
        Array.Clear(_high);
        _actions = 0;
        return observation =>
        {
            float[] action = trainer.Agent.Act(observation);
            Count(action);
            return action;
        };
    }

    /// <summary>After an evaluation. A policy may pass through full action while it learns: only one that is still there at the next evaluation, or at the last, is told.</summary>
    public void Evaluated(bool atEnd)
    {
        for (int side = 0; side < _stuckBefore.Length; side++)
        {
            (int i, bool high) = (side / 2, side % 2 == 1);
            double part = (double)(high ? _high : _low)[i] / _actions;
            bool stuck = part >= MostSteps && _halfRange[i] > 0 && _actions >= Fewest;
            if (stuck && (_stuckBefore[side] || atEnd) && !IsTold(TrainingConcern.SaturatedAction))
                Tell(TrainingConcern.SaturatedAction, SaturationMessage(i, high, part));
            _stuckBefore[side] = stuck;
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_warnings.Count);
        foreach (TrainingWarning warning in _warnings)
        {
            writer.Write(warning.Step);
            writer.Write((int)warning.Concern);
            writer.Write(warning.Message);
        }
        foreach (bool stuck in _stuckBefore)
            writer.Write(stuck);
    }

    public void Read(BinaryReader reader)
    {
        _warnings.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
            _warnings.Add(new TrainingWarning(reader.ReadInt64(), (TrainingConcern)reader.ReadInt32(), reader.ReadString()));
        for (int side = 0; side < _stuckBefore.Length; side++)
            _stuckBefore[side] = reader.ReadBoolean();
    }

    private void Count(float[] action)
    {
        _actions++;
        for (int i = 0; i < action.Length; i++)
        {
            double near = AtBound * _halfRange[i];
            if ((double)action[i] - _lowest[i] <= near) _low[i]++;
            if ((double)_highest[i] - action[i] <= near) _high[i]++;
        }
    }

    private string SaturationMessage(int i, bool high, double part) =>
        string.Create(CultureInfo.InvariantCulture, $"in {100 * part:F0} % of the steps of this evaluation action[{i}] was at its {(high ? "upper" : "lower")} bound, {(high ? _highest[i] : _lowest[i])}. ")
        + "If the task asks for that, all is well; if not, the policy's tanh is saturated, where its gradient vanishes, and it may never come back. What drives it there: observations or rewards of an unusual size "
        + "(ObservationNormalization, PolicyLayerNorm, RewardScale), a large PolicyLearningRate, large first weights (WeightInitialization = Paper). Read on in notebooks/10-when-it-fails.ipynb.";

    private bool IsTold(TrainingConcern concern) => _warnings.Exists(warning => warning.Concern == concern);

    private void Tell(TrainingConcern concern, string message)
    {
        var warning = new TrainingWarning(trainer.Step, concern, message);
        _warnings.Add(warning);
        trainer.Warn(warning);
    }

    private static bool IsObservationConstant(ReplayBuffer replay, int size)
    {
        ReadOnlySpan<float> first = replay.Row(replay.Count - 1)[..size];
        for (int row = Math.Max(0, replay.Count - Interval); row < replay.Count; row++)
            if (!replay.Row(row)[..size].SequenceEqual(first) || !replay.Row(row).Slice(replay.RowLength - 1 - size, size).SequenceEqual(first))
                return false;
        return true;
    }

    /// <summary>The only reward there was. Null where it changed, and where it is paid or charged for each step and episodes can terminate: then the actions decide how often.</summary>
    private static float? ConstantReward(ReplayBuffer replay, int at)
    {
        float reward = replay.Row(0)[at];
        for (int row = 0; row < replay.Count; row++)
            if (replay.Row(row)[at] != reward || (reward != 0 && replay.Row(row)[^1] != 0))
                return null;
        return reward;
    }

    private static string Text(ReadOnlySpan<float> values)
    {
        const int shown = 4;
        string text = string.Join(", ", values[..Math.Min(shown, values.Length)].ToArray().Select(value => value.ToString("G6", CultureInfo.InvariantCulture)));
        return values.Length > shown ? $"[{text}, …]" : $"[{text}]";
    }
}
