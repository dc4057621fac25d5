using Ddpg.Environments.MuJoCo.Binding;
using Ddpg.Randomness;

namespace Ddpg.Environments.MuJoCo;

/// <summary>A robot simulated by MuJoCo: what all of them share.</summary>
/// <remarks>
/// <para>The models are written from published tables of masses, joints and contacts (Models/*.xml, one file a robot); MuJoCo compiles and simulates them, so the
/// physics is the original's.
/// Actions outside the action space are clipped before they act and before they cost.</para>
/// <para>On one machine with one MuJoCo library, the same seed gives the same episode bit for bit; another processor or version may round differently.</para>
/// <para>A robot holds native memory: dispose it, or leave that to the garbage collector. Not safe for two threads at once; two robots on two threads are.</para>
/// </remarks>
public abstract class Robot : IEnvironment, IDrawable, IResumable, IDisposable
{
    private static readonly RobotCamera Side = new(yaw: 0, pitch: 0);

    private readonly EpisodeClock _clock;
    private readonly int _frameSkip;
    private readonly double[] _control;
    private readonly float[] _low, _high;
    private SeededRandom _random = new(0, RandomStream.Environment);
    private double _marker;

    // What a robot is made of; the model is read by name, or given where a task changes it.
    private protected Robot(string id, RobotModel model, int frameSkip, Box actionSpace, int observationLength, float observationLimit = float.PositiveInfinity)
    {
        (Id, ActionSpace, _frameSkip, _low, _high) = (id, actionSpace, frameSkip, actionSpace.Low, actionSpace.High);
        ObservationSpace = new Box(-observationLimit, observationLimit, observationLength);
        _clock = new EpisodeClock(this);
        _control = new double[actionSpace.Length];
        Simulation = new Simulation(MuJoCoLibrary.Instance, model);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public Box ObservationSpace { get; }

    /// <inheritdoc/>
    public Box ActionSpace { get; }

    /// <inheritdoc/>
    public virtual int MaxEpisodeSteps => 1000;

    /// <summary>MuJoCo's qpos, whole: joint positions in m and rad (a new array each time; the class's table of observations names them).</summary>
    /// <exception cref="ObjectDisposedException">The robot was disposed.</exception>
    public double[] Positions => Simulation.Positions.ToArray();

    /// <summary>MuJoCo's qvel, whole: joint velocities in m/s and rad/s (a new array each time).</summary>
    /// <exception cref="ObjectDisposedException">The robot was disposed.</exception>
    public double[] Velocities => Simulation.Velocities.ToArray();

    /// <summary>Seconds of one step: from 0.008 (Hopper, Walker2d) to 0.05 (HalfCheetah, Ant).</summary>
    public double TimeStep => Simulation.Model.TimeStep * _frameSkip;

    /// <inheritdoc/>
    public virtual DrawingBounds Bounds => new(-1.6, -0.35, 1.6, 2.05);

    private protected Simulation Simulation { get; }

    /// <summary>The largest velocity that the simulation lets pass, in m/s and rad/s.</summary>
    private protected virtual double VelocityLimit => double.PositiveInfinity;

    /// <summary>How the picture is taken.</summary>
    private protected virtual RobotCamera Camera => Side;

    /// <inheritdoc/>
    public float[] Reset(ulong? seed = null)
    {
        if (seed is ulong root) _random = new SeededRandom(root, RandomStream.Environment);
        Simulation.Reset();
        DrawStart(_random, Simulation.Positions, Simulation.Velocities);
        return Start();
    }

    /// <summary>Starts an episode in a state of your choice and returns its observation.</summary>
    /// <param name="positions">MuJoCo's qpos, whole: as many finite numbers as <see cref="Positions"/> has.</param>
    /// <param name="velocities">MuJoCo's qvel, whole: as many finite numbers as <see cref="Velocities"/> has.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a number is NaN or infinite.</exception>
    public float[] SetState(ReadOnlySpan<double> positions, ReadOnlySpan<double> velocities)
    {
        CheckState(positions, Simulation.Model.PositionCount, nameof(positions));
        CheckState(velocities, Simulation.Model.VelocityCount, nameof(velocities));
        Simulation.Reset();
        positions.CopyTo(Simulation.Positions);
        velocities.CopyTo(Simulation.Velocities);
        return Start();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Also when the simulation ran away to numbers that are not finite: the episode has ended then.</exception>
    public StepResult Step(ReadOnlySpan<float> action)
    {
        _clock.Check(action);
        for (int i = 0; i < _control.Length; i++) _control[i] = Math.Clamp(action[i], _low[i], _high[i]);
        if (!Simulation.Advance(_frameSkip, _control, VelocityLimit))
        {
            _clock.Advance(terminated: true);
            throw new InvalidOperationException(
                $"{Id}: the simulation became unstable in step {_clock.Steps} of the episode: a position, velocity or acceleration is no longer finite. "
                + "The episode has ended; call Reset to start the next one.");
        }
        AfterAdvance();
        double before = _marker;
        _marker = Marker();
        double reward = Reward(before, _marker, _control);
        bool terminated = IsTerminal();
        return new StepResult(Observation(), reward, terminated, _clock.Advance(terminated));
    }

    /// <inheritdoc/>
    public virtual void Draw(IDrawing drawing) => RobotPicture.Draw(drawing, Simulation, Camera, Bounds);

    /// <inheritdoc/>
    public EnvironmentSnapshot Save() => _clock.Save(_random, [_marker, .. SaveTask(), .. Simulation.Save()]);

    /// <inheritdoc/>
    public void Restore(EnvironmentSnapshot snapshot)
    {
        int taskCount = SaveTask().Length;
        _clock.Restore(snapshot, _random, 1 + taskCount + Simulation.SavedCount);
        _marker = snapshot.Values[0];
        RestoreTask(snapshot.Values.AsSpan(1, taskCount));
        Simulation.Restore(snapshot.Values.AsSpan(1 + taskCount));
    }

    /// <summary>Frees the simulation. What is called afterwards throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        Simulation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Draws a start state. Given are the model's own positions, at rest.</summary>
    private protected abstract void DrawStart(SeededRandom random, Span<double> positions, Span<double> velocities);

    /// <summary>Writes the observation; all of it.</summary>
    private protected abstract void Observe(ref ObservationWriter observation);

    /// <summary>The number of the state that the reward compares before and after a step, such as the place along the track.</summary>
    /// <remarks>Kept from one step to the next, because what MuJoCo derives from a state lags a little behind it and would not come back the same after a restore.</remarks>
    private protected abstract double Marker();

    /// <summary>The step's reward, of the markers before and after it and of the clipped action.</summary>
    private protected abstract double Reward(double before, double after, ReadOnlySpan<double> action);

    /// <summary>Whether the task ended in this state.</summary>
    private protected abstract bool IsTerminal();

    /// <summary>Called after the simulation, before anything is read.</summary>
    private protected virtual void AfterAdvance()
    {
    }

    /// <summary>Called when an episode starts, before the first observation.</summary>
    private protected virtual void AfterStart()
    {
    }

    /// <summary>What a task remembers beside the marker.</summary>
    private protected virtual double[] SaveTask() => [];

    /// <summary>Takes up what <see cref="SaveTask"/> gave.</summary>
    private protected virtual void RestoreTask(ReadOnlySpan<double> values)
    {
    }

    private protected static double SumOfSquares(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value * value;
        return sum;
    }

    private protected static void AddUniform(SeededRandom random, Span<double> values, double range)
    {
        for (int i = 0; i < values.Length; i++) values[i] += random.NextUniform(-range, range);
    }

    private protected static void AddNormal(SeededRandom random, Span<double> values, double deviation)
    {
        for (int i = 0; i < values.Length; i++) values[i] += deviation * random.NextNormal();
    }

    // The versions that the community's MuJoCo tasks have here.
    private protected static string Name(string task, int version, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(version))] string parameter = "") =>
        version is 2 or 4 ? $"{task}-v{version}" : throw new ArgumentOutOfRangeException(parameter, version, $"{task} has the versions 2 and 4.");

    private float[] Start()
    {
        Simulation.Forward();
        _clock.Start();
        AfterStart();
        _marker = Marker();
        return Observation();
    }

    private float[] Observation()
    {
        float[] observation = new float[ObservationSpace.Length];
        ObservationWriter writer = new(observation);
        Observe(ref writer);
        return observation;
    }

    private void CheckState(ReadOnlySpan<double> values, int count, string name)
    {
        if (values.Length != count) throw new ArgumentException($"{Id} has {count} {name}, got {values.Length}.", name);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException(FormattableString.Invariant($"{Id}: {name}[{i}] is {values[i]}; every number must be finite."), name);
        }
    }
}
