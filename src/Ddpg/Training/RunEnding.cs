using Ddpg.Files;

namespace Ddpg.Training;

/// <summary>
/// What a run was before all that only its end brings (the final evaluation, and the best agent that it may choose). A checkpoint keeps it, so that a run which has ended
/// can be trained on as if it had never been meant to end there.
/// </summary>
/// <param name="LogLengths">How long the log's files were.</param>
/// <param name="Best">The content of best.ddpg; null where there was none.</param>
/// <param name="Trainer">What <see cref="Training.Trainer.Write(BinaryWriter)"/> wrote.</param>
internal sealed record RunEnding(long[] LogLengths, byte[]? Best, byte[] Trainer)
{
    public static RunEnding Of(Trainer trainer, long[] logLengths, byte[]? best)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer))
            trainer.Write(writer);
        return new RunEnding(logLengths, best, buffer.ToArray());
    }

    /// <summary>Takes the trainer back to before its end, and over it.</summary>
    public void Undo(Trainer trainer)
    {
        using var reader = new BinaryReader(new MemoryStream(Trainer));
        trainer.Read(reader);
        trainer.GoBeyondEnd();
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(LogLengths);
        writer.Write(Best is not null);
        writer.WriteBytes(Best ?? []);
        writer.WriteBytes(Trainer);
    }

    public static RunEnding Read(BinaryReader reader)
    {
        long[] lengths = reader.ReadLongs();
        bool hasBest = reader.ReadBoolean();
        byte[] best = reader.ReadByteArray();
        return new RunEnding(lengths, hasBest ? best : null, reader.ReadByteArray());
    }
}
