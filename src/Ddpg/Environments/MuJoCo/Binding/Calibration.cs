namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>Finds the fields of mjData by what is in them: the library's own functions bring a tiny model into a known state, and each field is the only pointer to the
/// numbers it must then hold.</summary>
/// <remarks>
/// The order of mjData's fields is another in nearly every version, and its size too. The numbers of Models/Calibration.xml are chosen so that the
/// library computes them without rounding and no two fields hold the same ones. A field that is found twice, or not at all, refuses the library.
/// </remarks>
internal sealed unsafe class Calibration
{
    private const double FirstMass = 2, SecondMass = 2, ThirdMass = 1, Gravity = 8;
    private static readonly double[] KeyPositions = [0.125, 0.25, 0], KeyVelocities = [0.5, -0.75, 0.375], KeyControls = [1.5, -2.5];

    // Both slides carry their load without friction and nothing turns: gravity pulls at the third alone.
    private static readonly double[] Driven = [2 * 1.5, 0.5 * -2.5, 0], Unconstrained = [Driven[0], Driven[1], -Gravity * ThirdMass];
    private static readonly double[] Inertia = [FirstMass + SecondMass, SecondMass, ThirdMass];

    private readonly MuJoCoFunctions _mujoco;
    private readonly AllocationLog _log;
    private readonly void* _model;
    private readonly byte* _data;
    private readonly int _size;

    private Calibration(MuJoCoFunctions mujoco, AllocationLog log, void* model, void* data)
    {
        (_mujoco, _log) = (mujoco, log);
        _model = model;
        _data = (byte*)data;
        _size = (int)log.BytesFrom((nint)data);
        if (_size == 0) throw new InvalidOperationException("it does not allocate its data through mju_user_malloc.");
    }

    /// <summary>The layout of the library's mjData.</summary>
    /// <exception cref="InvalidOperationException">A field was not found, or in more than one place; the message says which.</exception>
    /// <param name="mujoco">The library.</param>
    /// <param name="mjcf">Models/Calibration.xml.</param>
    public static DataLayout Run(MuJoCoFunctions mujoco, string mjcf)
    {
        using AllocationLog log = new(mujoco.Library);
        void* model = mujoco.Load("Calibration", mjcf), hasty = mujoco.Load("Calibration", mjcf.Replace("iterations=\"100\"", "iterations=\"1\"", StringComparison.Ordinal));
        void* data = mujoco.MakeData(model), hastyData = mujoco.MakeData(hasty);
        try
        {
            return new Calibration(mujoco, log, model, data).Find(new Calibration(mujoco, log, hasty, hastyData));
        }
        finally
        {
            mujoco.DeleteData(data);
            mujoco.DeleteData(hastyData);
            mujoco.DeleteModel(model);
            mujoco.DeleteModel(hasty);
        }
    }

    private DataLayout Find(Calibration hasty)
    {
        _mujoco.ResetDataKeyframe(_model, _data, 0);
        int time = One("time", [.. Enumerable.Range(0, _size / 8).Select(i => 8 * i).Where(offset => *(double*)(_data + offset) == 0.625)]);
        int qpos = OnlyPointerTo("qpos", KeyPositions), qvel = OnlyPointerTo("qvel", KeyVelocities), ctrl = OnlyPointerTo("ctrl", KeyControls);

        _mujoco.Forward(_model, _data);
        _mujoco.RnePostConstraint(_model, _data);
        (int constraint, double[] forces) = FindConstraintForces();
        return new DataLayout
        {
            Time = time,
            Qpos = qpos,
            Qvel = qvel,
            Ctrl = ctrl,
            BodyPositions = OnlyPointerTo("xpos", [0, 0, 0, 2.125, 3, 0.5, 3.125, 5.25, 4.5, -4, 0, 0.4375]),
            BodyCenters = OnlyPointerTo("xipos", [0, 0, 0, 2.375, 3, 1, 3.125, 5.75, 4.5, -4, 0, 0.4375]),
            GeomPositions = OnlyPointerTo("geom_xpos", [16, 32, 0, 2.125, 3, 1.5, 3.125, 5.25, 3.5, -4, 0, 0.4375]),
            GeomOrientations = OnlyPointerTo("geom_xmat", [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]),
            SitePositions = OnlyPointerTo("site_xpos", [2.125, 4, 0.5]),
            BodyInertias = OnlyPointerTo("cinert",
                [.. new double[10], .. InertiaAbout(-0.375, -1.375, -1.75, 3, 3.5, 4), .. InertiaAbout(0.375, 1.375, 1.75, 5, 5.5, 6), 1, 1, 1, 0, 0, 0, 0, 0, 0, 1]),
            BodyVelocities = OnlyPointerTo("cvel", [.. new double[9], 0.5, 0, 0, 0, 0, 0, 0.5, -0.75, 0, 0, 0, 0, 0, 0, 0.375]),
            ActuatorForces = OnlyPointerTo("qfrc_actuator", Driven),
            ConstraintForces = constraint,
            // The floor carries the third body, straight below its centre.
            ExternalForces = One("cfrc_ext", PointersTo(24, values => Near(values[6..], [.. new double[17], forces[2]]))),
            Warmstart = hasty.FindWarmstart(Accelerations(forces)),
        };
    }

    // M·qacc = unconstrained + constraint, with a diagonal M.
    private static double[] Accelerations(double[] constraint) => [.. Enumerable.Range(0, 3).Select(i => (Unconstrained[i] + constraint[i]) / Inertia[i])];

    // The only vector (0, a, b) with a < 0 < b, the limit's and the floor's push, whose acceleration the data holds as well.
    private (int Offset, double[] Forces) FindConstraintForces()
    {
        int offset = One("qfrc_constraint", PointersTo(3, values =>
            values[0] == 0 && values[1] < 0 && values[2] > 0 && Accelerations(values.ToArray()) is double[] expected && PointersTo(3, other => Near(other, expected)).Count > 0));
        return (offset, Values(offset, 3).ToArray());
    }

    // On the model that may iterate only once: the right acceleration, written into qacc_warmstart, comes out again as qacc. Written into qacc it is lost.
    private int FindWarmstart(double[] right)
    {
        _mujoco.ResetDataKeyframe(_model, _data, 0);
        _mujoco.Step(_model, _data);
        // After a step, qacc and qacc_warmstart are the two that hold the same numbers, pushed away from where limit and floor are.
        List<int> accelerations = PointersTo(3, values => values[0] != 0 && values[1] < Unconstrained[1] && values[2] > 0 && double.IsFinite(values[0] + values[1] + values[2]));
        List<int> pair = [.. accelerations.Where(one => accelerations.Count(other => Values(other, 3).SequenceEqual(Values(one, 3))) == 2)];
        if (pair.Count != 2) throw NotFound("the pair of qacc and qacc_warmstart", pair.Count);
        return One("qacc_warmstart", [.. pair.Where(warm => ComesOut(warm, pair.Single(other => other != warm)))]);

        bool ComesOut(int warm, int result)
        {
            _mujoco.ResetDataKeyframe(_model, _data, 0);
            _mujoco.Forward(_model, _data);
            bool without = Near(Values(result, 3), right);
            _mujoco.ResetDataKeyframe(_model, _data, 0);
            right.CopyTo(Values(warm, 3));
            _mujoco.Forward(_model, _data);
            return Near(Values(result, 3), right) && !without;
        }
    }

    // The six moments about a point at −(dx, dy, dz) from the centre of a mass of 2, the first moments, the mass.
    private static double[] InertiaAbout(double dx, double dy, double dz, double xx, double yy, double zz) =>
    [
        xx + 2 * (dy * dy + dz * dz), yy + 2 * (dx * dx + dz * dz), zz + 2 * (dx * dx + dy * dy),
        -2 * dx * dy, -2 * dx * dz, -2 * dy * dz, 2 * dx, 2 * dy, 2 * dz, 2,
    ];

    private Span<double> Values(int offset, int count) => new(*(double**)(_data + offset), count);

    private int OnlyPointerTo(string field, double[] expected) => One(field, PointersTo(expected.Length, values => values.SequenceEqual(expected)));

    private delegate bool Matcher(ReadOnlySpan<double> values);

    private List<int> PointersTo(int count, Matcher matches)
    {
        List<int> found = [];
        for (int offset = 0; offset + sizeof(nint) <= _size; offset += sizeof(nint))
        {
            nint address = *(nint*)(_data + offset);
            if (address % sizeof(double) == 0 && _log.BytesFrom(address) >= count * sizeof(double) && matches(new ReadOnlySpan<double>((void*)address, count))) found.Add(offset);
        }
        // mjData also keeps its buffer's start, which is the first field's: two pointers to one place are one field.
        return [.. found.DistinctBy(offset => *(nint*)(_data + offset))];
    }

    private static bool Near(ReadOnlySpan<double> values, ReadOnlySpan<double> expected)
    {
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(values[i] - expected[i]) <= 1e-9 * (1 + Math.Abs(expected[i])))) return false;
        return true;
    }

    private static int One(string field, List<int> offsets) => offsets.Count == 1 ? offsets[0] : throw NotFound(field, offsets.Count);

    private static InvalidOperationException NotFound(string field, int count) =>
        new($"its data does not look as expected: {field} was found in {count} places of mjData instead of exactly one.");
}
