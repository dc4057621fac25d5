using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Modules;

namespace Ddpg.Agents;

public sealed partial class DdpgAgent
{
    private readonly (string Name, Parameter Values)[] _weights;

    /// <summary>The first weight of policy or critics that is NaN or infinite, with its name; null as long as all are numbers. The target networks follow these.</summary>
    internal (string Name, float Value)? FindNonFiniteWeight()
    {
        foreach ((string name, Parameter values) in _weights)
        {
            ReadOnlySpan<float> span = MemoryMarshal.Cast<byte, float>(values.bytes);
            if (AllFinite(span))
                continue;
            foreach (float value in span)
                if (!float.IsFinite(value))
                    return (name, value);
        }
        return null;
    }

    // x − x is 0 for a number and NaN for NaN and ±∞, and NaN stays in a sum.
    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        Vector<float> sum = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> vector in vectors)
            sum += vector - vector;
        float rest = Vector.Sum(sum);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
            rest += value - value;
        return rest == 0;
    }

    private IEnumerable<(string, Parameter)> NameWeights()
    {
        foreach ((string name, Parameter values) in Policy.named_parameters())
            yield return ($"policy's {name}", values);
        for (int i = 0; i < QNetworks.Count; i++)
            foreach ((string name, Parameter values) in QNetworks[i].named_parameters())
                yield return (QNetworks.Count == 1 ? $"critic's {name}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"critic {i + 1}'s {name}"), values);
    }
}
