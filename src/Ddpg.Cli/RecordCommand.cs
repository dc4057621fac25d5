using System.CommandLine;
using System.Globalization;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Training;
using Ddpg.Viewing;

namespace Ddpg.Cli;

/// <summary><c>ddpg record</c>: an episode of a run's policy, as a page that plays it or as a film.</summary>
internal static class RecordCommand
{
    // A page of its own, or a film, has room for every step of a robot's episode: with fewer frames a gallop is a slide show.
    private const int MostFrames = 2_000;

    public static Command Make(TextWriter output, CancellationToken cancellation)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder." };
        var html = new Option<string?>("--html") { Description = "Write a page that plays the episode, in one file; by default episode.html in the run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var mp4 = new Option<string?>("--mp4") { Description = "Write a film through ffmpeg; by default episode.mp4 in the run's folder.", Arity = ArgumentArity.ZeroOrOne };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the start.", DefaultValueFactory = _ => 1 };
        var best = new Option<bool>("--best") { Description = "Take the agent of the best evaluation on the way, not the last one." };
        var command = new Command("record", "Record an episode of a run's policy, without exploration noise.") { folder, html, mp4, seed, best };
        command.SetAction(parsed =>
        {
            bool page = parsed.GetResult(html) is not null, film = parsed.GetResult(mp4) is not null;
            if (!page && !film)
                throw new ArgumentException("Say what to write: --html, --mp4 or both.");
            string run = Paths.Folder(parsed.GetValue(folder)!);
            string pagePath = Paths.FileName(parsed.GetValue(html) ?? Path.Combine(run, "episode.html")), filmPath = Paths.FileName(parsed.GetValue(mp4) ?? Path.Combine(run, "episode.mp4"));
            (RunConfig config, DdpgAgent agent) = RunFolder.Load(run, parsed.GetValue(best));
            if (film)
                FilmWriter.CheckTool();
            EpisodePlayer episode = EpisodePlayer.Record(EnvironmentRegistry.Make(config.Environment), agent.Act, parsed.GetValue(seed), $"{config.Environment}, seed {config.Seed.ToString(CultureInfo.InvariantCulture)}", mostFrames: MostFrames);
            if (page)
                Say(output, episode, Write(pagePath, path => File.WriteAllText(path, episode.ToPage())));
            if (film)
                Say(output, episode, Write(filmPath, path => FilmWriter.Write(path, episode, cancellation)));
            return cancellation.IsCancellationRequested ? CommandLine.Interrupted : CommandLine.Success;
        });
        return command;
    }

    private static string Write(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        write(path);
        return path;
    }

    private static void Say(TextWriter output, EpisodePlayer episode, string path) => output.WriteLine($"{episode}; written to {path}");
}
