using Ddpg.Numerics;
using static TorchSharp.torch;

namespace Ddpg.Viewing;

/// <summary>A grid of pendulum observations over angle and angular velocity, so that a network can be looked at as a landscape.</summary>
/// <remarks>Rows of a matrix belong to velocities, columns to angles; a batch runs through the rows, one after another.</remarks>
public sealed class PendulumGrid
{
    private readonly double[] _angles, _velocities;

    /// <summary>Makes a grid over all angles, from −π to π rad, and all velocities, from −8 to 8 rad/s.</summary>
    /// <param name="angles">Columns, at least 2.</param>
    /// <param name="velocities">Rows, at least 2.</param>
    public PendulumGrid(int angles = 41, int velocities = 33)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(angles, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(velocities, 2);
        _angles = Spread(angles, Math.PI);
        _velocities = Spread(velocities, 8);
    }

    /// <summary>θ of each column in rad; 0 is upright.</summary>
    public IReadOnlyList<double> Angles => _angles;

    /// <summary>θ̇ of each row in rad/s.</summary>
    public IReadOnlyList<double> Velocities => _velocities;

    /// <summary>How many points.</summary>
    public int Count => _angles.Length * _velocities.Length;

    /// <summary>The observations (cos θ, sin θ, θ̇) of all points.</summary>
    /// <returns>(<see cref="Count"/>, 3), float32; the caller's own.</returns>
    public Tensor Observations()
    {
        float[] values = new float[Count * 3];
        int at = 0;
        foreach (double velocity in _velocities)
        {
            foreach (double angle in _angles)
            {
                (double sin, double cos) = PortableMath.SinCos(angle);
                (values[at++], values[at++], values[at++]) = ((float)cos, (float)sin, (float)velocity);
            }
        }
        return tensor(values, Count, 3);
    }

    /// <summary>Arranges one number a point as a matrix, for a heat map.</summary>
    /// <param name="values">(<see cref="Count"/>, 1) or (<see cref="Count"/>), in the order of <see cref="Observations"/>.</param>
    /// <returns>[velocity, angle]</returns>
    /// <exception cref="ArgumentException">It has another number of elements.</exception>
    public double[,] Matrix(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.numel() != Count)
            throw new ArgumentException($"The grid has {Count} points ({_velocities.Length} velocities by {_angles.Length} angles); the tensor has {values.numel()} elements.", nameof(values));
        using Tensor flat = values.detach().to(ScalarType.Float64).reshape(Count);
        double[] numbers = flat.data<double>().ToArray();
        double[,] matrix = new double[_velocities.Length, _angles.Length];
        Buffer.BlockCopy(numbers, 0, matrix, 0, numbers.Length * sizeof(double));
        return matrix;
    }

    private static double[] Spread(int count, double reach) => [.. Enumerable.Range(0, count).Select(i => Rounding.ForChart(reach * (2.0 * i / (count - 1) - 1)))];
}
