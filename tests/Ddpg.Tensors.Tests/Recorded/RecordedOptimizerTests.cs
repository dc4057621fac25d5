using static TorchSharp.torch.optim;

namespace Ddpg.Tensors.Tests.Recorded;

/// <summary>Optimizers over 20 steps on recorded gradients; parameters compared after steps 1, 2, 5 and 20.</summary>
/// <remarks>
/// Tolerance relative to max(1, |expected|): 1e-13 in float64; 2e-6 in float32, where 20 steps of a few roundings each may add up
/// (Adam's quotient of two small numbers does not cancel, so nothing grows).
/// </remarks>
public class RecordedOptimizerTests
{
    private sealed record Recipe(Func<Parameter, Parameter, OptimizerHelper> Make, bool SkipSecond = false, int HalveAt = 0);

    private static readonly Dictionary<string, Recipe> Recipes = new()
    {
        ["adam"] = new((a, b) => Adam([a, b], lr: 0.01)),
        ["adam betas eps"] = new((a, b) => Adam([a, b], lr: 0.02, beta1: 0.5, beta2: 0.75, eps: 0.01)),
        ["adam weight decay"] = new((a, b) => Adam([a, b], lr: 0.01, weight_decay: 0.1)),
        ["adam amsgrad"] = new((a, b) => Adam([a, b], lr: 0.01, beta1: 0.5, beta2: 0.75, amsgrad: true)),
        ["adam maximize"] = new((a, b) => Adam([a, b], lr: 0.01, maximize: true)),
        ["adam groups"] = new((a, b) => Adam([new Adam.ParamGroup([a], lr: 0.01), new Adam.ParamGroup([b], lr: 0.05)], lr: 0.01)),
        ["adam no gradient"] = new((a, b) => Adam([a, b], lr: 0.01), SkipSecond: true),
        ["adam lower lr"] = new((a, b) => Adam([a, b], lr: 0.01), HalveAt: 6),
        ["sgd"] = new((a, b) => SGD([a, b], 0.1)),
        ["sgd momentum"] = new((a, b) => SGD([a, b], 0.1, momentum: 0.9)),
        ["sgd dampening"] = new((a, b) => SGD([a, b], 0.1, momentum: 0.9, dampening: 0.5)),
        ["sgd nesterov"] = new((a, b) => SGD([a, b], 0.1, momentum: 0.9, nesterov: true)),
        ["sgd weight decay"] = new((a, b) => SGD([a, b], 0.1, weight_decay: 0.1)),
        ["sgd momentum weight decay"] = new((a, b) => SGD([a, b], 0.1, momentum: 0.9, weight_decay: 0.1)),
        ["sgd maximize"] = new((a, b) => SGD([a, b], 0.1, maximize: true)),
        ["sgd groups"] = new((a, b) => SGD([new SGD.ParamGroup([a], lr: 0.1), new SGD.ParamGroup([b], lr: 0.05)], 0.1)),
    };

    private static readonly Dictionary<string, RecordedCase> Recorded = RecordedFile.Family("optimizer/");

    public static TheoryData<string, string> Names()
    {
        var names = new TheoryData<string, string>();
        foreach (string name in Recorded.Keys)
        {
            names.Add(name, nameof(ScalarType.Float32));
            names.Add(name, nameof(ScalarType.Float64));
        }
        return names;
    }

    [Fact]
    public void Every_recorded_optimizer_is_replayed() => Assert.Equal(Recorded.Keys.Order(), Recipes.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Replays(string name, string floatType)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = Enum.Parse<ScalarType>(floatType);
        Recipe recipe = Recipes[name];
        RecordedTensor[] inputs = Recorded[name].Inputs, expected = Recorded[name].Results[type].Outputs;
        Parameter a = new(inputs[0].ToTensor(type)), b = new(inputs[1].ToTensor(type));
        using OptimizerHelper optimizer = recipe.Make(a, b);
        int compared = 0;
        for (int step = 1; step <= 20; step++)
        {
            if (step == recipe.HalveAt)
            {
                foreach (ILearningRateController group in optimizer.ParamGroups)
                {
                    group.LearningRate *= 0.5;
                }
            }
            a.grad = inputs[2 * step].ToTensor(type);
            b.grad = recipe.SkipSecond ? null : inputs[2 * step + 1].ToTensor(type);
            optimizer.step();
            if (step is 1 or 2 or 5 or 20)
            {
                double tolerance = type == ScalarType.Float32 ? 2e-6 : 1e-13;
                Close.Assert($"{name}, first parameter after step {step}", expected[compared].Shape, expected[compared++].Values, a, tolerance);
                Close.Assert($"{name}, second parameter after step {step}", expected[compared].Shape, expected[compared++].Values, b, tolerance);
            }
        }
        Assert.Equal(expected.Length, compared);
    }

    [Theory]
    [InlineData("clips", 1.0, nameof(ScalarType.Float32))]
    [InlineData("clips", 1.0, nameof(ScalarType.Float64))]
    [InlineData("leaves", 100.0, nameof(ScalarType.Float32))]
    [InlineData("leaves", 100.0, nameof(ScalarType.Float64))]
    public void Clips_the_norm_of_gradients(string name, double limit, string floatType)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType type = Enum.Parse<ScalarType>(floatType);
        RecordedCase recorded = RecordedFile.Cases.Single(c => c.Name == "clip_grad_norm_/" + name);
        RecordedTensor[] expected = recorded.Results[type].Outputs;
        Parameter a = new(zeros(2, 3, dtype: type)), b = new(zeros(3, dtype: type));
        a.grad = recorded.Inputs[0].ToTensor(type);
        b.grad = recorded.Inputs[1].ToTensor(type);
        double total = nn.utils.clip_grad_norm_([a, b], limit);
        double tolerance = type == ScalarType.Float32 ? 2e-6 : 1e-14;
        Assert.Equal(expected[0].Values[0], total, tolerance * total);
        Close.Assert("first gradient", expected[1].Shape, expected[1].Values, a.grad!, tolerance);
        Close.Assert("second gradient", expected[2].Shape, expected[2].Values, b.grad!, tolerance);
    }
}
