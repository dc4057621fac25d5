using System.Globalization;
using System.Runtime.InteropServices;
using Ddpg.Files;
using Ddpg.Replay;

namespace Ddpg.Training;

/// <summary>
/// The replay buffer on disk, in files that are written once: each holds the transitions added between two checkpoints, so a checkpoint of a million-row run
/// costs what changed, not the whole.
/// </summary>
internal sealed class ReplaySegments(string folder)
{
    private const int Version = 1;
    private readonly List<(long From, long To)> _segments = [];

    private static ReadOnlySpan<byte> Mark => "DDPGROWS"u8;

    /// <summary>The segments that hold the buffer's transitions, oldest first, as absolute numbers [from, to).</summary>
    public IReadOnlyList<(long From, long To)> Segments => _segments;

    /// <summary>Writes what was added since the last time and forgets segments that the ring has overwritten.</summary>
    public void Append(ReplayBuffer replay)
    {
        long oldest = replay.Added - replay.Count;
        long from = Math.Max(oldest, _segments.Count > 0 ? _segments[^1].To : 0);
        if (from < replay.Added)
        {
            Checksummed.Write(PathOf(from, replay.Added), Mark, Version, writer =>
            {
                for (long row = from; row < replay.Added; row++)
                    writer.Write(MemoryMarshal.AsBytes(replay.Row((int)(row - oldest))));
            });
            _segments.Add((from, replay.Added));
        }
        _segments.RemoveAll(segment => segment.To <= oldest);
    }

    /// <summary>Fills an empty buffer again.</summary>
    /// <exception cref="InvalidDataException">A segment is missing or damaged.</exception>
    public void Restore(ReplayBuffer replay, IReadOnlyList<(long From, long To)> segments, long added)
    {
        _segments.Clear();
        _segments.AddRange(segments);
        long oldest = Math.Max(0, added - replay.Capacity);
        replay.Restart(oldest);
        foreach ((long from, long to) in segments)
        {
            string path = PathOf(from, to);
            if (!File.Exists(path))
                throw new InvalidDataException($"'{path}' is missing.");
            using BinaryReader reader = Checksummed.Read(path, Mark, Version, "a segment of a replay buffer");
            for (long row = from; row < to; row++)
            {
                ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(reader.ReadBytes(replay.RowLength * sizeof(float)));
                if (row >= oldest)
                    replay.AddRow(values);
            }
        }
        if (replay.Added != added)
            throw new InvalidDataException($"The segments in '{folder}' hold {replay.Added} transitions; the checkpoint counts {added}.");
    }

    /// <summary>Deletes the segments that no kept checkpoint needs.</summary>
    public void DeleteAllBut(IEnumerable<(long From, long To)> needed)
    {
        HashSet<string> keep = [.. needed.Select(segment => PathOf(segment.From, segment.To))];
        foreach (string path in Directory.GetFiles(folder, "rows-*").Where(path => !keep.Contains(path)))
            File.Delete(path);
    }

    private string PathOf(long from, long to) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"rows-{from:D10}-{to:D10}.bin"));
}
