using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ddpg.Environments;

namespace Ddpg.Viewing;

/// <summary>
/// A recorded episode that a notebook can play: forwards, frame by frame, slower or faster, by mouse and keyboard, with no network.
/// Where no script runs, a film strip of the episode is shown instead.
/// </summary>
/// <remarks>It waits for the reader to press play, so nothing moves unasked for a reader who prefers reduced motion.</remarks>
[TypeFormatterSource(typeof(PlayerFormatterSource))]
public sealed class EpisodePlayer : IPlayer
{
    private readonly DrawingBounds _bounds;
    private readonly List<EpisodeFrame> _frames;
    private readonly string _script;
    private readonly double _secondsPerFrame;
    private readonly string _id;

    private EpisodePlayer(string title, DrawingBounds bounds, List<EpisodeFrame> frames, StepResult last, double secondsPerStep)
    {
        (Title, _bounds, _frames) = (title, bounds, frames);
        _secondsPerFrame = secondsPerStep;
        Steps = frames[^1].Step;
        EpisodeReturn = frames[^1].Return;
        (Terminated, Truncated) = (last.Terminated, last.Truncated);
        string episode = Episode(secondsPerStep);
        _id = "episode-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(episode)).AsSpan(0, 5));
        _script = Script.Replace("EPISODE);", $"{{\"id\":\"{_id}\",{episode[1..]});", StringComparison.Ordinal);
    }

    /// <summary>What is written above the picture.</summary>
    public string Title { get; }

    /// <summary>How many steps the episode had.</summary>
    public int Steps { get; }

    /// <summary>The undiscounted sum of its rewards.</summary>
    public double EpisodeReturn { get; }

    /// <summary>Whether the task itself ended it.</summary>
    public bool Terminated { get; }

    /// <summary>Whether its time limit cut it off.</summary>
    public bool Truncated { get; }

    private string Description => string.Create(CultureInfo.InvariantCulture, $"{Title}: an episode of {Steps} steps with return {EpisodeReturn:0.#}.");

    private static string Script
    {
        get
        {
            using Stream stream = typeof(EpisodePlayer).Assembly.GetManifestResourceStream("EpisodePlayer.js")!;
            using var reader = new StreamReader(stream);
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return string.Join('\n', lines.Where(line => !line.StartsWith("//", StringComparison.Ordinal)));
        }
    }

    /// <summary>Plays one episode of the environment and records it.</summary>
    /// <param name="environment">An environment that can draw itself (<see cref="IDrawable"/>). It is reset, and left at the episode's end.</param>
    /// <param name="policy">Gets an observation, returns an action in the environment's units: <c>agent.Act</c>, or a function of your own.</param>
    /// <param name="seed">Of the start; null goes on with the environment's random stream.</param>
    /// <param name="title">Written above the picture; by default the environment's id.</param>
    /// <param name="start">The first observation, if you have put the environment into a state yourself: <c>start: pendulum.SetState(Math.PI, 0)</c>. Then nothing is reset.</param>
    /// <param name="maxSteps">Stops the recording after so many steps, even if the episode goes on; by default the environment's own limit.</param>
    /// <param name="secondsPerStep">How long a step lasts when played at normal speed; by default the environment's own time step (<see cref="IDrawable.TimeStep"/>).</param>
    /// <param name="mostFrames">Longer episodes keep only every second (fourth, …) frame, and their time; at least 2. A notebook stays small with the default.</param>
    /// <exception cref="ArgumentException">The environment cannot draw itself.</exception>
    public static EpisodePlayer Record(IEnvironment environment, Func<ReadOnlySpan<float>, float[]> policy, ulong? seed = null, string? title = null,
        float[]? start = null, int? maxSteps = null, double? secondsPerStep = null, int mostFrames = 250)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(policy);
        if (environment is not IDrawable drawable)
            throw new ArgumentException($"{environment.Id} cannot be recorded: its class {environment.GetType().Name} does not implement IDrawable. Add Bounds and Draw to it.", nameof(environment));
        double pace = secondsPerStep ?? drawable.TimeStep;
        if (!(pace is > 0 and < 60))
            throw new ArgumentOutOfRangeException(nameof(secondsPerStep), pace, "secondsPerStep must be in (0, 60).");
        ArgumentOutOfRangeException.ThrowIfLessThan(mostFrames, 2);
        int limit = maxSteps ?? environment.MaxEpisodeSteps;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(maxSteps));

        float[] observation = start ?? environment.Reset(seed);
        var frames = new List<EpisodeFrame> { new(0, 0, 0, ShapeRecorder.Record(drawable)) };
        int every = 1;
        double sum = 0;
        StepResult last = default;
        for (int step = 1; step <= limit && !last.EpisodeEnded; step++)
        {
            last = environment.Step(policy(observation));
            observation = last.Observation;
            sum += last.Reward;
            if (step % every == 0 || last.EpisodeEnded || step == limit) frames.Add(new EpisodeFrame(step, last.Reward, sum, ShapeRecorder.Record(drawable)));
            if (frames.Count > mostFrames) every = Thin(frames, every);
        }
        return new EpisodePlayer(title ?? environment.Id, drawable.Bounds, frames, last, pace * every);
    }

    /// <summary>The player as an HTML fragment: the film strip, and the script that puts the player in its place.</summary>
    public string ToHtml() => $"<div data-episode-player=\"{_id}\">{ToSvg()}</div>\n<script>\n{_script}\n</script>";

    /// <summary>The film strip as SVG.</summary>
    public string ToSvg() => FilmStrip.Render(_id, Title, Description, _bounds, _frames);

    /// <summary>A page of its own around the player; it needs no other file and no network.</summary>
    public string ToPage() =>
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{WebUtility.HtmlEncode(ToString())}</title>\n</head>\n<body>\n{ToHtml()}\n</body>\n</html>\n";

    /// <summary>How many pictures a second a film of <see cref="ToFrames"/> has to show to keep the episode's pace.</summary>
    public double FramesPerSecond => 1 / _secondsPerFrame;

    /// <summary>Every recorded moment as an SVG picture of its own.</summary>
    /// <param name="pixels">Width of the pictures; even, at least 64.</param>
    public IEnumerable<string> ToFrames(int pixels = 640)
    {
        if (pixels < 64 || pixels % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(pixels), pixels, "pixels must be even and at least 64; video codecs want even sizes.");
        return _frames.Select(frame => FilmStrip.Frame(_bounds, frame, pixels, Title));
    }

    /// <summary>For example <c>Pendulum-v1: 200 steps, return -123.4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Title}: {Steps} steps, return {EpisodeReturn:0.#}");

    /// <summary>Keeps every second frame, and the last one.</summary>
    private static int Thin(List<EpisodeFrame> frames, int every)
    {
        EpisodeFrame last = frames[^1];
        frames.RemoveAll(frame => frame.Step % (2 * every) != 0 && frame != last);
        return 2 * every;
    }

    private string Episode(double secondsPerFrame)
    {
        var code = new FrameCode(_bounds);
        int shared = FrameCode.SharedCount(_frames);
        string background = code.Encode(_frames[0].Shapes.Take(shared));
        string[] frames = [.. _frames.Select(frame => code.Encode(frame.Shapes.Skip(shared)))];
        (double width, double height) = (_bounds.MaxX - _bounds.MinX, _bounds.MaxY - _bounds.MinY);
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["title"] = Title,
            ["description"] = Description,
            ["width"] = Rounding.ForChart(width),
            ["height"] = Rounding.ForChart(height),
            ["pixels"] = width > 1.3 * height ? 560 : 360,
            ["interval"] = Rounding.ForChart(1000 * secondsPerFrame),
            ["styles"] = code.Styles.Select(style => new object[] { style.Fill, style.Stroke, Rounding.ForChart(style.StrokeWidth), Rounding.ForChart(style.TextHeight) }).ToArray(),
            ["texts"] = code.Texts.ToArray(),
            ["background"] = background,
            ["frames"] = frames,
            ["steps"] = _frames.Select(frame => frame.Step).ToArray(),
            ["rewards"] = _frames.Select(frame => Number(frame.Reward)).ToArray(),
            ["returns"] = _frames.Select(frame => Number(frame.Return)).ToArray(),
        });
    }

    private static string Number(double value)
    {
        string text = value.ToString(Math.Abs(value) < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : "−" + text[1..] : text;
    }
}
