using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Ddpg.Viewing;

namespace Ddpg.Cli;

/// <summary>Makes a film of an episode: its frames as SVG files, put together by ffmpeg.</summary>
internal static class FilmWriter
{
    private const string Missing = "--mp4 needs ffmpeg with SVG support (Debian: apt-get install ffmpeg); --html needs nothing.";

    /// <exception cref="ArgumentException">There is no ffmpeg here, or it cannot read SVG.</exception>
    public static void CheckTool()
    {
        (int code, string output, _) = Run(["-hide_banner", "-decoders"], CancellationToken.None);
        if (code != 0 || !output.Contains("librsvg", StringComparison.Ordinal))
            throw new ArgumentException($"This ffmpeg cannot read SVG pictures. {Missing}");
    }

    /// <exception cref="IOException">ffmpeg failed; the message has its own last words.</exception>
    public static void Write(string path, EpisodePlayer episode, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("ddpg-film-").FullName;
        try
        {
            int count = 0;
            foreach (string frame in episode.ToFrames())
                File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{count++:D5}.svg")), frame);
            string rate = episode.FramesPerSecond.ToString("0.###", CultureInfo.InvariantCulture);
            // Written beside the target under a name that keeps its ending, which tells ffmpeg the format; renamed when whole.
            string temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ".writing-" + Path.GetFileName(path));
            (int code, _, string error) = Run(
                ["-hide_banner", "-loglevel", "error", "-y", "-framerate", rate, "-i", Path.Combine(folder, "%05d.svg"), "-pix_fmt", "yuv420p", "-movflags", "+faststart", temporary], cancellation);
            if (code != 0)
            {
                File.Delete(temporary);
                throw new IOException($"ffmpeg could not write '{path}': {error.Trim()}");
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Output, string Error) Run(string[] arguments, CancellationToken cancellation)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            using CancellationTokenRegistration stop = cancellation.Register(process.Kill);
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception exception)
        {
            throw new ArgumentException($"There is no ffmpeg on this machine. {Missing}", exception);
        }
    }
}
