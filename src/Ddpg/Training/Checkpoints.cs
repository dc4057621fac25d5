using System.Globalization;
using Ddpg.Agents;
using Ddpg.Files;

namespace Ddpg.Training;

/// <summary>
/// The <c>checkpoint</c> folder of a run. A checkpoint is one file, written whole or not at all, besides the replay segments it names. The last two are kept:
/// if the newest turns out damaged, the one before it is used.
/// </summary>
internal sealed class Checkpoints
{
    private const int Version = 2;
    private const int Kept = 2;
    private readonly string _folder;
    private readonly ReplaySegments _segments;
    private readonly Queue<(string Path, (long From, long To)[] Segments)> _written = [];

    private Checkpoints(string folder) => (_folder, _segments) = (folder, new ReplaySegments(folder));

    /// <summary>The checkpoints of a run, in a folder that is made where it is missing.</summary>
    public static Checkpoints Create(string runFolder) => new(Directory.CreateDirectory(Path.Combine(runFolder, "checkpoint")).FullName);

    private static ReadOnlySpan<byte> Mark => "DDPGCKPT"u8;

    /// <summary>Saves the run as it is between two steps.</summary>
    /// <param name="trainer">The run.</param>
    /// <param name="logLengths">How long the log's files are, on the disk.</param>
    /// <param name="ending">At the end of a run, what it was just before; else null.</param>
    public void Write(Trainer trainer, long[] logLengths, RunEnding? ending = null)
    {
        _segments.Append(trainer.Replay);
        string path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"step-{trainer.Step:D10}.bin"));
        Checksummed.Write(path, Mark, Version, writer =>
        {
            writer.Write(logLengths);
            writer.Write(trainer.Replay.Added);
            writer.Write(_segments.Segments.Count);
            foreach ((long from, long to) in _segments.Segments)
            {
                writer.Write(from);
                writer.Write(to);
            }
            trainer.Agent.Write(writer);
            trainer.Write(writer);
            writer.Write(ending is not null);
            ending?.Write(writer);
        });
        if (_written.All(checkpoint => checkpoint.Path != path))
            _written.Enqueue((path, [.. _segments.Segments]));
        while (_written.Count > Kept)
            _written.Dequeue();
        // Only now, with the new checkpoint whole on the disk, may the oldest go.
        foreach (string old in Directory.GetFiles(_folder, "step-*.bin").Where(old => _written.All(checkpoint => checkpoint.Path != old)))
            File.Delete(old);
        _segments.DeleteAllBut(_written.SelectMany(checkpoint => checkpoint.Segments));
    }

    /// <summary>Takes up the newest checkpoint that is whole.</summary>
    /// <param name="make">From a loaded agent to the trainer that goes on with it.</param>
    /// <param name="warn">Told about each damaged checkpoint that had to be passed over.</param>
    /// <returns>The trainer, how long the log's files were, and, from a checkpoint at the end of a run, what it was just before.</returns>
    /// <exception cref="InvalidDataException">No checkpoint is whole.</exception>
    public (Trainer Trainer, long[] LogLengths, RunEnding? Ending) Read(Func<DdpgAgent, Trainer> make, Action<string> warn)
    {
        string[] paths = [.. Directory.GetFiles(_folder, "step-*.bin").OrderDescending(StringComparer.Ordinal)];
        foreach (string path in paths)
        {
            try
            {
                return Read(path, make);
            }
            catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
            {
                warn($"{exception.Message} Going back to the checkpoint before it.");
            }
        }
        throw new InvalidDataException(paths.Length == 0
            ? $"There is no checkpoint in '{_folder}' to go on from (a finished run of a sweep keeps none); start the run again in another folder."
            : $"No checkpoint in '{_folder}' is whole; start the run again in another folder.");
    }

    private (Trainer Trainer, long[] LogLengths, RunEnding? Ending) Read(string path, Func<DdpgAgent, Trainer> make)
    {
        using BinaryReader reader = Checksummed.Read(path, Mark, Version, "a checkpoint");
        long[] lengths = reader.ReadLongs();
        long added = reader.ReadInt64();
        var segments = new (long From, long To)[reader.ReadInt32()];
        for (int i = 0; i < segments.Length; i++)
            segments[i] = (reader.ReadInt64(), reader.ReadInt64());
        Trainer trainer = make(DdpgAgent.Read(reader));
        trainer.Read(reader);
        RunEnding? ending = reader.ReadBoolean() ? RunEnding.Read(reader) : null;
        _segments.Restore(trainer.Replay, segments, added);
        _written.Clear();
        _written.Enqueue((path, segments));
        return (trainer, lengths, ending);
    }
}
