namespace Ddpg.Environments.MuJoCo;

/// <summary>Fills an observation from its start.</summary>
internal ref struct ObservationWriter(Span<float> observation)
{
    private readonly Span<float> _observation = observation;
    private int _count;

    /// <summary>Appends one number.</summary>
    public void Add(double value) => _observation[_count++] = (float)value;

    /// <summary>Appends numbers, each clipped to [−limit, limit].</summary>
    public void Add(scoped ReadOnlySpan<double> values, double limit = double.PositiveInfinity)
    {
        foreach (double value in values) Add(Math.Clamp(value, -limit, limit));
    }

    /// <summary>Appends zeros.</summary>
    public void AddZeros(int count) => _count += count;
}
