using System.Globalization;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Environments.MuJoCo.Bullet;

namespace Ddpg.Cli;

/// <summary>Measures what a return does not tell: how many steps each episode lasts and, of a walking robot, how far it comes.</summary>
/// <remarks>A hopper's return of 900 may be 900 steps on the spot, or half as many at 1 m/s and a fall (notebook 12).</remarks>
internal sealed class EpisodeMeter(IEnvironment inner) : IEnvironment
{
    // Of the other robots, the first position is an angle, or a cart's place on its rail.
    private readonly Robot? _walker = inner is Hopper or Walker2d or HalfCheetah or Ant or Humanoid or BulletLocomotion ? (Robot)inner : null;
    private readonly List<double> _steps = [], _metres = [];
    private double _start;
    private int _taken;

    public string Id => inner.Id;

    public Box ObservationSpace => inner.ObservationSpace;

    public Box ActionSpace => inner.ActionSpace;

    public int MaxEpisodeSteps => inner.MaxEpisodeSteps;

    public float[] Reset(ulong? seed = null)
    {
        float[] observation = inner.Reset(seed);
        (_start, _taken) = (Place, 0);
        return observation;
    }

    public StepResult Step(ReadOnlySpan<float> action)
    {
        StepResult step = inner.Step(action);
        _taken++;
        if (step.EpisodeEnded)
        {
            _steps.Add(_taken);
            _metres.Add(Place - _start);
        }
        return step;
    }

    /// <summary>For example <c>91 steps (39 to 198), 0.8 m (-0.2 to 2.1)</c>: means over the episodes so far, the least and the most.</summary>
    public override string ToString() =>
        _walker is null ? Text(_steps, "F0", "steps") : $"{Text(_steps, "F0", "steps")}, {Text(_metres, "F1", "m")}";

    private double Place => _walker?.Positions[0] ?? 0;

    private static string Text(List<double> values, string format, string unit)
    {
        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        (string least, string most) = (Number(values.Min()), Number(values.Max()));
        return least == most ? $"{least} {unit}" : $"{Number(values.Average())} {unit} ({least} to {most})";
    }
}
