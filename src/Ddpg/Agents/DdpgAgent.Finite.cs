using System.Numerics;
using System.Runtime.InteropServices;
using Ddpg.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Agents;

public sealed partial class DdpgAgent
{
    private readonly (string Name, Parameter Values)[] _weights;

    /// <summary>The first weight of policy or critics that is NaN or infinite, with its name; null as long as all are numbers. The target networks follow these.</summary>
    internal (string Name, float Value)? FindNonFiniteWeight()
    {
        if (AllWeights.All(IsFinite))
            return null;
        foreach ((string name, Parameter values) in _weights)
        {
            using Tensor local = values.detach().cpu();
            foreach (float value in local.data<float>().ToArray())
                if (!float.IsFinite(value))
                    return (name, value);
        }
        return null;
    }

    private static unsafe bool IsFinite(FlatWeights weights)
    {
        if (weights.IsOnCpu)
            return AllFinite(new ReadOnlySpan<float>(weights.Data, (int)weights.Count));
        using Tensor local = weights.Values.cpu();
        return AllFinite(local.data<float>().ToArray());
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
