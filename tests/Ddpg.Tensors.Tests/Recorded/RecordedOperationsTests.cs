namespace Ddpg.Tensors.Tests.Recorded;

/// <summary>Forward values and all gradients of every operation against what PyTorch recorded.</summary>
/// <remarks>
/// Tolerances, relative to max(1, |expected|): 4e-15 in float64 and 1e-6 in float32 for an element at a time (a few units in the last
/// place, because the two libraries' tanh and exp are not the same polynomial), ten times that where sums of up to 300 terms are added
/// in another order. Comparisons, integers and moves of data are exact.
/// </remarks>
public class RecordedOperationsTests
{
    private static readonly string[] OtherTests = ["promote/", "optimizer/", "clip_grad_norm_/", "init/", "ddpg/"];

    private static readonly Dictionary<string, RecordedCase> Recorded =
        RecordedFile.Cases.Where(c => !OtherTests.Any(prefix => c.Name.StartsWith(prefix, StringComparison.Ordinal))).ToDictionary(c => c.Name);

    public static TheoryData<string, string> Names()
    {
        var names = new TheoryData<string, string>();
        foreach (RecordedCase recorded in Recorded.Values.Where(c => !LibTorch.Fails(c.Name)))
        {
            foreach (ScalarType type in recorded.Results.Keys)
            {
                names.Add(recorded.Name, type.ToString());
            }
        }
        return names;
    }

    [Fact]
    public void Every_recorded_operation_is_replayed_and_every_replayed_one_recorded() =>
        Assert.Equal(Recorded.Keys.Order(StringComparer.Ordinal), Operations.Table.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Replays(string name, string floatType)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = Enum.Parse<ScalarType>(floatType);
        RecordedCase recorded = Recorded[name];
        RecordedResult expected = recorded.Results[type];
        Tensor[] inputs = [.. recorded.Inputs.Select(i => i.ToTensor(type))];
        Tensor[] leaves = [.. inputs];
        if (expected.Grads is not null)
        {
            foreach (Tensor leaf in inputs.Where(i => i.is_floating_point()))
            {
                leaf.requires_grad = true;
            }
        }

        Tensor[] outputs = Operations.Table[name](inputs);
        double tolerance = Tolerance(name, type);
        Assert.Equal(expected.Outputs.Length, outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(expected.Outputs[i].DType, outputs[i].dtype);
            Close.Assert($"{name} output {i}", expected.Outputs[i].Shape, expected.Outputs[i].Values, outputs[i], tolerance);
        }
        if (expected.Grads is not null)
        {
            Backward(outputs, recorded.Weights, type);
            CheckGradients(name, expected.Grads, inputs, tolerance);
        }
    }

    private static void Backward(Tensor[] outputs, RecordedTensor[] weights, ScalarType type)
    {
        Tensor[] wanted = [.. outputs.Where(o => o.is_floating_point() && o.requires_grad)];
        Assert.Equal(weights.Length, wanted.Length);
        Tensor? total = null;
        for (int i = 0; i < wanted.Length; i++)
        {
            Tensor part = (wanted[i] * weights[i].ToTensor(wanted[i].dtype)).sum();
            total = total is null ? part : total + part;
        }
        total!.backward();
    }

    private static void CheckGradients(string name, RecordedTensor?[] expected, Tensor[] inputs, double tolerance)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor? actual = inputs[i].grad;
            if (expected[i] is null)
            {
                Assert.True(actual is null, $"{name}: input {i} has a gradient, PyTorch gives it none");
                continue;
            }
            Assert.True(actual is not null, $"{name}: input {i} has no gradient");
            Assert.Equal(inputs[i].dtype, actual.dtype);
            Close.Assert($"{name} gradient {i}", expected[i]!.Shape, expected[i]!.Values, actual, 2 * tolerance);
        }
    }

    private static double Tolerance(string name, ScalarType type)
    {
        string family = name[..name.IndexOf('/')];
        if (family is "view" or "t" or "cat" or "stack" or "compare" or "logical" or "bool" or "int64")
        {
            return type == ScalarType.Float32 ? 2e-7 : 0;
        }
        double elementwise = type == ScalarType.Float32 ? 1e-6 : 4e-15;
        bool sums = family is "matmul" or "mm" or "linear" or "sum" or "mean" or "var" or "std" or "layer_norm" or "module" or "graph" or "mse_loss" or "logsumexp"
            or "addmm" or "bmm" or "dot" or "norm" or "huber_loss" or "smooth_l1_loss" or "l1_loss" or "prod" or "cumsum" or "softmax" or "log_softmax" or "pow";
        return sums ? 10 * elementwise : elementwise;
    }
}
