using System.Text.Json;
using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Recorded;

/// <summary>Type promotion, and the bounds and spreads of initialisers, as PyTorch has them.</summary>
public class RecordedTypesTests
{
    private static Tensor Operand(string name) => name switch
    {
        "float32" => tensor([1.5f, -2f]),
        "float64" => tensor([1.5, -2.0]),
        "int64" => tensor([3L, -2]),
        "bool" => tensor([true, false]),
        "float32 0d" => tensor(0.5f),
        "float64 0d" => tensor(0.5),
        "int64 0d" => tensor(2L),
        "bool 0d" => tensor(true),
        _ => throw new ArgumentException($"no operand '{name}'"),
    };

    [Fact]
    public void Types_are_promoted_as_PyTorch_promotes_them()
    {
        using DisposeScope scope = NewDisposeScope();
        var wrong = new List<string>();
        foreach (RecordedCase recorded in RecordedFile.Cases.Where(c => c.Name.StartsWith("promote/", StringComparison.Ordinal)))
        {
            string leftName = recorded.Line.GetProperty("left").GetString()!, rightName = recorded.Line.GetProperty("right").GetString()!;
            RecordedTensor expected = RecordedFile.ReadTensor(recorded.Line.GetProperty("outputs")[0])!;
            Tensor left = Operand(leftName), right = Operand(rightName);
            Tensor actual = recorded.Name switch { "promote/add" => left + right, "promote/mul" => left * right, _ => left / right };
            if (actual.dtype != expected.DType || !Close.Values(actual).SequenceEqual(expected.Values.Select(v => actual.dtype == ScalarType.Float32 ? (float)v : v)))
            {
                wrong.Add($"{recorded.Name[8..]}({leftName}, {rightName}) is {actual.dtype} ({string.Join(", ", Close.Values(actual))}), PyTorch: {expected.DType} ({string.Join(", ", expected.Values)})");
            }
        }
        Assert.Empty(wrong);
    }

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Initialisers = new()
    {
        ["kaiming_uniform_ a=sqrt(5)"] = w => init.kaiming_uniform_(w, a: Math.Sqrt(5)),
        ["kaiming_uniform_ relu"] = w => init.kaiming_uniform_(w, nonlinearity: init.NonlinearityType.ReLU),
        ["kaiming_uniform_ fan_out"] = w => init.kaiming_uniform_(w, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
        ["kaiming_normal_ relu"] = w => init.kaiming_normal_(w, nonlinearity: init.NonlinearityType.ReLU),
        ["xavier_uniform_"] = w => init.xavier_uniform_(w),
        ["xavier_uniform_ gain"] = w => init.xavier_uniform_(w, gain: 2),
        ["xavier_normal_"] = w => init.xavier_normal_(w),
        ["uniform_"] = w => init.uniform_(w, -0.003, 0.003),
        ["normal_"] = w => init.normal_(w, 0, 0.5),
    };

    private static readonly Dictionary<string, RecordedCase> Recorded = RecordedFile.Family("init/");

    public static TheoryData<string> InitialiserNames() => [.. Recorded.Keys];

    [Fact]
    public void Every_recorded_initialiser_is_replayed() => Assert.Equal(Recorded.Keys.Order(), Initialisers.Keys.Order());

    /// <remarks>
    /// 30,720 draws: the largest is within 0.2 % of a uniform's bound except once in e^60 runs; the sample's standard deviation is
    /// within 3 % of the true one (its own relative deviation is at most 0.4 %).
    /// </remarks>
    [Theory]
    [MemberData(nameof(InitialiserNames))]
    public void Initialisers_have_PyTorchs_bounds_and_spread(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(7);
        JsonElement line = Recorded[name].Line;
        double[] draws = [.. Enumerable.Range(0, 10).SelectMany(_ => Close.Values(Initialisers[name](empty(64, 48))))];
        double mean = draws.Average(), deviation = Math.Sqrt(draws.Average(d => (d - mean) * (d - mean))), expected = line.GetProperty("std").GetDouble();
        Assert.InRange(deviation, 0.97 * expected, 1.03 * expected);
        Assert.InRange(mean, -0.03 * expected, 0.03 * expected);
        if (line.GetProperty("bound").ValueKind == JsonValueKind.Number)
        {
            double bound = line.GetProperty("bound").GetDouble();
            Assert.InRange(draws.Max(Math.Abs), 0.998 * bound, 1.0001 * bound);
        }
    }

    [Fact]
    public void A_new_linear_layer_has_PyTorchs_bounds()
    {
        using DisposeScope scope = NewDisposeScope();
        Linear layer = Linear(16, 2000); // U(±1/√16) for weight and bias
        Assert.InRange(Close.Values(layer.weight!).Max(Math.Abs), 0.2499, 0.25);
        Assert.InRange(Close.Values(layer.bias!).Max(Math.Abs), 0.249, 0.25);
    }

    [Fact]
    public void A_new_layer_norm_is_one_and_zero()
    {
        using DisposeScope scope = NewDisposeScope();
        LayerNorm layer = LayerNorm(5);
        Assert.All(Close.Values(layer.weight!), w => Assert.Equal(1, w));
        Assert.All(Close.Values(layer.bias!), b => Assert.Equal(0, b));
    }
}
