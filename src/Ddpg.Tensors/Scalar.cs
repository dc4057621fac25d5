using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number with its element type. It takes part in type promotion only by its category (integer or floating point).</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(double value, long whole, ScalarType type)
    {
        Value = value;
        Whole = whole;
        Type = type;
    }

    public ScalarType Type { get; }

    internal double Value { get; }

    /// <summary>The exact value of an integer, which a double could not hold above 2⁵³.</summary>
    internal long Whole { get; }

    internal bool IsFloating => Type is ScalarType.Float32 or ScalarType.Float64;

    public void Dispose() { }

    public static implicit operator Scalar(byte value) => new(value, value, ScalarType.Byte);
    public static implicit operator Scalar(int value) => new(value, value, ScalarType.Int32);
    public static implicit operator Scalar(long value) => new(value, value, ScalarType.Int64);
    public static implicit operator Scalar(float value) => new(value, ToWhole(value), ScalarType.Float32);
    public static implicit operator Scalar(double value) => new(value, ToWhole(value), ScalarType.Float64);
    public static implicit operator Scalar(bool value) => new(value ? 1 : 0, value ? 1 : 0, ScalarType.Bool);

    private static long ToWhole(double value) => double.IsNaN(value) ? 0 : (long)value;
}
