namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>A robot in MuJoCo: the compiled model and its state. Not safe for two threads at once; two simulations are.</summary>
internal sealed unsafe class Simulation : IDisposable
{
    // A state that is not finite makes MuJoCo warn and start again from its time 0; so the clock starts here, and below it means just that.
    private const double StartTime = 1;
    private static readonly Lock Compiler = new();

    // What the garbage collector is told that it holds: measured 3.5 to 3.8 MB a robot (MuJoCo 2.2.2).
    private const long NativeBytes = 4 << 20;

    private readonly MuJoCoFunctions _mujoco;
    private readonly DataLayout _layout;
    private void* _model;
    private byte* _data;

    public Simulation(MuJoCoLibrary library, RobotModel model)
    {
        (_mujoco, _layout, Model) = (library.Functions, library.Layout, model);
        lock (Compiler) _model = _mujoco.Load(model.Name, model.Text);
        _data = (byte*)_mujoco.MakeData(_model);
        GC.AddMemoryPressure(NativeBytes);
    }

    ~Simulation() => Free();

    public RobotModel Model { get; }

    public Span<double> Positions => Field(_layout.Qpos, Model.PositionCount);

    public Span<double> Velocities => Field(_layout.Qvel, Model.VelocityCount);

    public ReadOnlySpan<double> BodyPositions => Field(_layout.BodyPositions, 3 * Model.Bodies.Count);

    public ReadOnlySpan<double> BodyCenters => Field(_layout.BodyCenters, 3 * Model.Bodies.Count);

    public ReadOnlySpan<double> GeomPositions => Field(_layout.GeomPositions, 3 * Model.Geoms.Count);

    public ReadOnlySpan<double> GeomOrientations => Field(_layout.GeomOrientations, 9 * Model.Geoms.Count);

    public ReadOnlySpan<double> SitePositions => Field(_layout.SitePositions, 3 * Model.SiteCount);

    public ReadOnlySpan<double> BodyInertias => Field(_layout.BodyInertias, 10 * Model.Bodies.Count);

    public ReadOnlySpan<double> BodyVelocities => Field(_layout.BodyVelocities, 6 * Model.Bodies.Count);

    public ReadOnlySpan<double> ActuatorForces => Field(_layout.ActuatorForces, Model.VelocityCount);

    public ReadOnlySpan<double> ConstraintForces => Field(_layout.ConstraintForces, Model.VelocityCount);

    public ReadOnlySpan<double> ExternalForces => Field(_layout.ExternalForces, 6 * Model.Bodies.Count);

    /// <summary>How many numbers <see cref="Save"/> gives.</summary>
    public int SavedCount => 1 + Model.PositionCount + 2 * Model.VelocityCount;

    /// <summary>Starts afresh in the model's own positions, at rest.</summary>
    public void Reset()
    {
        _mujoco.ResetData(_model, Data);
        *(double*)(_data + _layout.Time) = StartTime;
        GC.KeepAlive(this);
    }

    /// <summary>Computes what follows from the state: places of bodies, forces.</summary>
    public void Forward()
    {
        _mujoco.Forward(_model, Data);
        GC.KeepAlive(this);
    }

    /// <summary>Computes <see cref="ExternalForces"/>, which are zero before.</summary>
    public void ComputeExternalForces()
    {
        _mujoco.RnePostConstraint(_model, Data);
        GC.KeepAlive(this);
    }

    /// <summary>Simulates <paramref name="steps"/> time steps under one control; false when the state stopped being finite. After each, velocities beyond the limit are
    /// put back onto it.</summary>
    public bool Advance(int steps, ReadOnlySpan<double> control, double velocityLimit = double.PositiveInfinity)
    {
        control.CopyTo(Field(_layout.Ctrl, Model.Motors.Count));
        for (int i = 0; i < steps; i++)
        {
            _mujoco.Step(_model, _data);
            if (velocityLimit < double.PositiveInfinity)
                foreach (ref double velocity in Velocities) velocity = Math.Clamp(velocity, -velocityLimit, velocityLimit);
        }
        bool good = *(double*)(_data + _layout.Time) > StartTime && AllFinite(Positions) && AllFinite(Velocities);
        GC.KeepAlive(this);
        return good;
    }

    /// <summary>MuJoCo's full physics state: time, positions, velocities and the acceleration that the next solve starts from. (No robot has activations or mocap
    /// bodies.)</summary>
    public double[] Save() => [*(double*)(Data + _layout.Time), .. Positions, .. Velocities, .. Field(_layout.Warmstart, Model.VelocityCount)];

    /// <summary>Goes back to what <see cref="Save"/> gave.</summary>
    public void Restore(ReadOnlySpan<double> saved)
    {
        _mujoco.ResetData(_model, Data);
        Write(saved);
        Forward();   // for who draws the robot before the next step
        Write(saved);   // and again: Forward changes the starting acceleration in some versions, and quaternions by a rounding
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private byte* Data => _data is not null ? _data : throw new ObjectDisposedException(Model.Name, "The robot was disposed; make a new one.");

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value)) return false;
        return true;
    }

    private Span<double> Field(int offset, int count) => new(*(double**)(Data + offset), count);

    private void Write(ReadOnlySpan<double> saved)
    {
        *(double*)(_data + _layout.Time) = saved[0];
        saved.Slice(1, Model.PositionCount).CopyTo(Positions);
        saved.Slice(1 + Model.PositionCount, Model.VelocityCount).CopyTo(Velocities);
        saved[(1 + Model.PositionCount + Model.VelocityCount)..].CopyTo(Field(_layout.Warmstart, Model.VelocityCount));
    }

    private void Free()
    {
        if (_data is not null)
        {
            _mujoco.DeleteData(_data);
            GC.RemoveMemoryPressure(NativeBytes);
        }
        if (_model is not null) _mujoco.DeleteModel(_model);
        _data = null;
        _model = null;
    }
}
