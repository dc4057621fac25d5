using Ddpg.Files;

namespace Ddpg.Training;

public sealed partial class Trainer
{
    /// <summary>Everything that decides how the run goes on, besides the agent and the replay buffer.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(Step);
        writer.Write(_starts.State);
        writer.Write(_exploring.State);
        writer.Write(_replaying.State);
        writer.Write(_actions.State);
        writer.Write(Exploration.Save());
        writer.Write(_pendingEvaluation);
        writer.Write(_episodes.Count);
        foreach (EpisodeResult episode in _episodes)
            Write(writer, episode);
        writer.Write(_evaluations.Count);
        foreach (EvaluationPoint point in _evaluations)
        {
            writer.Write(point.Step);
            writer.Write(point.Result.Returns);
        }
        _watch.Write(writer);
        writer.Write(_inEpisode);
        if (!_inEpisode)
            return;
        writer.Write(_start);
        writer.Write(_episodeActions);
        writer.Write(_observation);
        _tally.Write(writer);
    }

    /// <summary>Takes up what <see cref="Write(BinaryWriter)"/> wrote; the episode that was going on is repeated from its start seed and its actions.</summary>
    /// <exception cref="InvalidDataException">The repeated episode came out different: the environment has randomness that its seed does not fix.</exception>
    internal void Read(BinaryReader reader)
    {
        Step = reader.ReadInt64();
        _starts.State = reader.ReadRandomState();
        _exploring.State = reader.ReadRandomState();
        _replaying.State = reader.ReadRandomState();
        _actions.State = reader.ReadRandomState();
        Exploration.Restore(reader.ReadDoubles());
        _pendingEvaluation = reader.ReadInt32();
        _episodes.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
            _episodes.Add(ReadEpisode(reader));
        _evaluations.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
            _evaluations.Add(new EvaluationPoint(reader.ReadInt64(), new EvaluationResult(reader.ReadDoubles())));
        _watch.Read(reader);
        _inEpisode = reader.ReadBoolean();
        if (!_inEpisode)
            return;
        _start = reader.ReadUInt64();
        _episodeActions.Clear();
        _episodeActions.AddRange(reader.ReadFloats());
        float[] expected = reader.ReadFloats();
        Repeat().CopyTo(_observation, 0);
        if (!_observation.AsSpan().SequenceEqual(expected))
            throw new InvalidDataException($"{Environment.Id} did not repeat the episode that was going on: it has randomness that Reset(seed) does not fix. EnvironmentChecker finds out where.");
        _tally.Read(reader);
    }

    /// <summary>Forgets that the run was to end at this step: what is evaluated now is what any other step would bring.</summary>
    internal void GoBeyondEnd() =>
        _pendingEvaluation = IsDue(Agent.Hyperparameters.EvaluationInterval, episodeEnded: !_inEpisode) ? Agent.Hyperparameters.EvaluationEpisodes : 0;

    private float[] Repeat()
    {
        float[] observation = Environment.Reset(_start);
        float[] actions = [.. _episodeActions];
        for (int i = 0; i < actions.Length; i += _action.Length)
            observation = Environment.Step(actions.AsSpan(i, _action.Length)).Observation;
        return observation;
    }

    private static void Write(BinaryWriter writer, EpisodeResult episode)
    {
        writer.Write(episode.Step);
        writer.Write(episode.Return);
        writer.Write(episode.Length);
        writer.Write(episode.Terminated);
        writer.Write(episode.Truncated);
        writer.Write(episode.CriticLoss);
        writer.Write(episode.PolicyLoss);
        writer.Write(episode.MeanQ);
    }

    private EpisodeResult ReadEpisode(BinaryReader reader) => new(
        reader.ReadInt64(), _episodes.Count + 1, reader.ReadDouble(), reader.ReadInt32(), reader.ReadBoolean(), reader.ReadBoolean(),
        reader.ReadOptionalDouble(), reader.ReadOptionalDouble(), reader.ReadOptionalDouble());
}
