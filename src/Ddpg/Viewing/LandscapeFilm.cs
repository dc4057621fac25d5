using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ddpg.Agents;
using Ddpg.Viewing.Film;
using TorchSharp;
using static TorchSharp.torch;

namespace Ddpg.Viewing;

/// <summary>
/// How a pendulum agent's critic and policy change while it learns: Q(s, μ(s)) and the torque μ(s) over angle and angular velocity, moment by moment, for the reader to play.
/// Where no script runs, four of the moments are shown side by side.
/// </summary>
/// <remarks>Looking does not disturb a training: nothing random is drawn, no weight is touched.</remarks>
[TypeFormatterSource(typeof(PlayerFormatterSource))]
public sealed class LandscapeFilm : IPlayer
{
    private const int MostMoments = 32;
    private readonly PendulumGrid _grid = new(angles: 31, velocities: 25);
    private readonly List<FilmMoment> _moments = [];
    private FilmMoment? _last;
    private int _added, _every = 1;

    /// <summary>Makes a film without a picture; <see cref="Add"/> puts pictures into it.</summary>
    /// <param name="title">Written above the pictures.</param>
    public LandscapeFilm(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        Title = title;
    }

    /// <summary>What is written above the pictures.</summary>
    public string Title { get; }

    /// <summary>The environment steps after which the film has a picture. Of a long training it keeps only every second (fourth, …) picture, and the last.</summary>
    public IReadOnlyList<long> Steps => [.. Moments.Select(moment => moment.Step)];

    private IReadOnlyList<FilmMoment> Moments => _last is null ? _moments : [.. _moments, _last];

    /// <summary>Takes a picture of the agent as it is now.</summary>
    /// <param name="step">Environment steps made so far; more than at the picture before.</param>
    /// <param name="agent">An agent of <c>Pendulum-v1</c>.</param>
    /// <exception cref="ArgumentException">The agent was made for other spaces than the pendulum's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step does not come after the one before.</exception>
    public void Add(long step, DdpgAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (agent.ObservationSpace.Length != 3 || agent.ActionSpace.Length != 1)
            throw new ArgumentException($"This film is the pendulum's: observations of 3 numbers, actions of 1. The agent has {agent.ObservationSpace.Length} and {agent.ActionSpace.Length}.", nameof(agent));
        if (_added > 0 && step <= Steps[^1])
            throw new ArgumentOutOfRangeException(nameof(step), step, $"step is {step}; the film's last picture was taken after {Steps[^1]} steps, so pass a larger number.");
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            Tensor observations = _grid.Observations(), torque = agent.Policy.call(observations);
            Keep(new FilmMoment(step, _grid.Matrix(agent.QNetwork.call(observations, torque)), _grid.Matrix(torque)));
        }
    }

    /// <summary>The film as an HTML fragment: four moments side by side, and the player that takes their place where scripts run. It loads nothing.</summary>
    /// <exception cref="InvalidOperationException">The film has no picture.</exception>
    public string ToHtml()
    {
        var pictures = new FilmPictures(Title, Shown());
        string data = JsonSerializer.Serialize(pictures.ForScript()), still = pictures.Still();
        string id = "film-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data + still)).AsSpan(0, 5));
        string script = FilmPictures.Script.Replace("FILM);", $"{{\"id\":\"{id}\",{data[1..]});", StringComparison.Ordinal);
        return $"<div data-landscape-film=\"{id}\"><div>{still}</div><div hidden>{pictures.Stage()}</div></div>\n<script>\n{script}\n</script>";
    }

    /// <summary>Four moments of the film side by side, as SVG.</summary>
    /// <exception cref="InvalidOperationException">The film has no picture.</exception>
    public string ToSvg() => new FilmPictures(Title, Shown()).Still();

    /// <summary>For example <c>From untrained to swinging up: 26 moments, to step 10,000</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Title}: {Moments.Count} moments{(_added > 0 ? $", to step {Steps[^1]:N0}" : "")}");

    private IReadOnlyList<FilmMoment> Shown() => _added > 0 ? Moments : throw new InvalidOperationException("The film has no picture; call Add first, for example whenever an episode has finished.");

    private void Keep(FilmMoment moment)
    {
        bool kept = _added++ % _every == 0;
        _last = kept ? null : moment;
        if (kept) _moments.Add(moment);
        if (_moments.Count <= MostMoments) return;
        // The newest one has an even index, so it stays.
        for (int index = _moments.Count - 2; index > 0; index -= 2) _moments.RemoveAt(index);
        _every *= 2;
    }
}
