using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ddpg.Training;

/// <summary>
/// Writes what a run tells while it goes on: <c>progress.csv</c> (a row for each training episode), <c>evaluation.csv</c> (a row for each evaluation), TensorBoard events and
/// <c>timing.csv</c>. Wall-clock times are in the last one only, so that the others of two equal runs are the same bytes, under any culture.
/// </summary>
internal sealed class RunLog : IDisposable
{
    public const string EvaluationHeader = "step,mean,std,min,max,episodes";

    /// <summary>Empty fields: nothing was learnt in that episode.</summary>
    public const string ProgressHeader = "step,episode,return,length,terminated,truncated,critic_loss,policy_loss,mean_q";

    public const string TimingHeader = "step,seconds";

    private static readonly string[] Names = ["progress.csv", "evaluation.csv", "timing.csv", "events.out.tfevents.0.ddpg"];

    private readonly Trainer _trainer;
    private readonly FileStream[] _files;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Opens the four files and follows <paramref name="trainer"/> until disposed.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="trainer">The run.</param>
    /// <param name="lengths">Where a resumed run goes on in each file: rows written after its checkpoint are cut. Null starts new files.</param>
    public RunLog(string folder, Trainer trainer, long[]? lengths = null)
    {
        _trainer = trainer;
        if (lengths is not null && Array.Find(Names, name => !File.Exists(Path.Combine(folder, name))) is string missing)
            throw new InvalidDataException($"'{Path.Combine(folder, missing)}' is missing; the run cannot go on without what it wrote there before.");
        // No buffer: what was told before a sudden end is in the file, and a checkpoint cuts what came after it.
        _files = Array.ConvertAll(Names, name => new FileStream(Path.Combine(folder, name), lengths is null ? FileMode.Create : FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0));
        if (lengths is null)
        {
            WriteLine(0, ProgressHeader);
            WriteLine(1, EvaluationHeader);
            WriteLine(2, TimingHeader);
            _files[3].Write(TensorBoardEvents.FileVersion());
        }
        else
        {
            for (int i = 0; i < _files.Length; i++)
            {
                if (_files[i].Length < lengths[i])
                    throw new InvalidDataException($"'{_files[i].Name}' is shorter than when the checkpoint was made; it was changed since.");
                _files[i].SetLength(lengths[i]);
                _files[i].Seek(0, SeekOrigin.End);
            }
        }
        trainer.EpisodeFinished += Write;
        trainer.Evaluated += Write;
    }

    /// <summary>Brings everything written so far to the disk and says how long each file is.</summary>
    public long[] Flush() => Array.ConvertAll(_files, file =>
    {
        file.Flush(flushToDisk: true);
        return file.Length;
    });

    public void Dispose()
    {
        _trainer.EpisodeFinished -= Write;
        _trainer.Evaluated -= Write;
        foreach (FileStream file in _files)
            file.Dispose();
    }

    private void Write(EpisodeResult episode)
    {
        WriteLine(0, string.Create(CultureInfo.InvariantCulture,
            $"{episode.Step},{episode.Episode},{episode.Return:R},{episode.Length},{(episode.Terminated ? 1 : 0)},{(episode.Truncated ? 1 : 0)},{episode.CriticLoss:R},{episode.PolicyLoss:R},{episode.MeanQ:R}"));
        WriteLine(2, string.Create(CultureInfo.InvariantCulture, $"{episode.Step},{Stopwatch.GetElapsedTime(_start).TotalSeconds:F3}"));
        Scalar("training/return", episode.Return, episode.Step);
        Scalar("training/length", episode.Length, episode.Step);
        Scalar("training/critic_loss", episode.CriticLoss, episode.Step);
        Scalar("training/policy_loss", episode.PolicyLoss, episode.Step);
        Scalar("training/mean_q", episode.MeanQ, episode.Step);
    }

    private void Write(EvaluationPoint point)
    {
        EvaluationResult result = point.Result;
        WriteLine(1, string.Create(CultureInfo.InvariantCulture, $"{point.Step},{result.Mean:R},{result.Std:R},{result.Min:R},{result.Max:R},{result.Episodes}"));
        Scalar("evaluation/mean", result.Mean, point.Step);
        Scalar("evaluation/min", result.Min, point.Step);
        Scalar("evaluation/max", result.Max, point.Step);
    }

    private void WriteLine(int file, string line) => _files[file].Write(Encoding.UTF8.GetBytes(line + "\n"));

    private void Scalar(string tag, double? value, long step)
    {
        if (value is double number)
            _files[3].Write(TensorBoardEvents.Scalar(tag, number, step));
    }
}
