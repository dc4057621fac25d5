using System.Runtime.CompilerServices;
using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Recorded;

public static partial class Operations
{
    private static IEnumerable<(string Name, Operation Operation)> Losses()
    {
        foreach (Reduction reduction in new[] { Reduction.Mean, Reduction.Sum })
        {
            string name = reduction.ToString().ToLowerInvariant();
            yield return One($"mse_loss/{name}", x => F.mse_loss(x[0], x[1], reduction));
            yield return One($"smooth_l1_loss/{name}", x => F.smooth_l1_loss(x[0], x[1], reduction));
            yield return One($"huber_loss/{name}", x => F.huber_loss(x[0], x[1], 0.5, reduction));
            yield return One($"l1_loss/{name}", x => F.l1_loss(x[0], x[1], reduction));
        }
        foreach (string name in new[] { "the (B,1) against (B) trap", "zero", "0d" })
        {
            yield return One($"mse_loss/{name}", x => F.mse_loss(x[0], x[1]));
        }
        yield return One("layer_norm/plain", x => F.layer_norm(x[0], [4], x[1], x[2]));
        yield return One("layer_norm/no-affine", x => F.layer_norm(x[0], [4]));
        yield return One("layer_norm/no-bias", x => F.layer_norm(x[0], [4], x[1]));
        yield return One("layer_norm/two dims", x => F.layer_norm(x[0], [3, 4], x[1], x[2]));
        yield return One("layer_norm/eps", x => F.layer_norm(x[0], [4], x[1], x[2], 0.5));
        yield return One("layer_norm/3d", x => F.layer_norm(x[0], [5], x[1], x[2]));
        yield return One("layer_norm/constant row", x => F.layer_norm(x[0], [4], x[1], x[2]));
        yield return One("layer_norm/zero batch", x => F.layer_norm(x[0], [4], x[1], x[2]));
        yield return One("module/linear", x => Weighted(Linear(3, 2, dtype: x[0].dtype), x, 1).call(x[0]));
        yield return One("module/linear no bias", x => Weighted(Linear(3, 2, hasBias: false, dtype: x[0].dtype), x, 1).call(x[0]));
        yield return One("module/layer_norm", x => Weighted(LayerNorm(4, dtype: x[0].dtype), x, 1).call(x[0]));
        yield return One("module/relu", x => ReLU().call(x[0]));
        yield return One("module/tanh", x => Tanh().call(x[0]));
        yield return One("module/sequential", x => Weighted(Sequential(Linear(3, 7, dtype: x[0].dtype), ReLU(), Linear(7, 2, dtype: x[0].dtype), Tanh()), x, 1).call(x[0]));
        yield return One("module/mse_loss", x => MSELoss().call(x[0], x[1]));
        yield return One("graph/diamond", x =>
        {
            Tensor y = x[0].tanh();
            return y * y.sum() + y;
        });
        yield return One("graph/shared weight", x => x[0].matmul(x[1]).tanh().matmul(x[1]).tanh());
        yield return One("graph/unused input", x => x[0] * 2);
        yield return One("graph/stop", x => x[0] * x[1].detach() + (x[0] * 3).detach());
    }

    // A module that nobody holds may be finalized, and TorchSharp's finalizers take the parameters along.
    private static readonly ConditionalWeakTable<Tensor, Module> Owners = [];

    /// <summary>
    /// Puts the inputs in place of the module's parameters: their values now, and the parameters themselves into
    /// <paramref name="x"/>, from where the gradients are read.
    /// </summary>
    private static TModule Weighted<TModule>(TModule module, Tensor[] x, int first)
        where TModule : Module
    {
        foreach (Parameter parameter in module.parameters())
        {
            using (no_grad())
            {
                parameter.copy_(x[first]);
            }
            x[first++] = parameter;
            Owners.Add(parameter, module);
        }
        return module;
    }

    private static IEnumerable<(string Name, Operation Operation)> Types()
    {
        var compare = new Dictionary<string, Func<Tensor, Tensor, Tensor>>
        {
            ["eq"] = (a, b) => a.eq(b),
            ["ne"] = (a, b) => a.ne(b),
            ["lt"] = (a, b) => a < b,
            ["le"] = (a, b) => a <= b,
            ["gt"] = (a, b) => a > b,
            ["ge"] = (a, b) => a >= b,
        };
        foreach ((string name, Func<Tensor, Tensor, Tensor> operation) in compare)
        {
            yield return One($"compare/{name}", x => operation(x[0], x[1]));
        }
        yield return One("compare/eq scalar", x => x[0].eq(1));
        yield return One("compare/ne scalar", x => x[0].ne(1));
        yield return One("compare/lt scalar", x => x[0] < 1);
        yield return One("compare/le scalar", x => x[0] <= 1);
        yield return One("compare/gt scalar", x => x[0] > 1);
        yield return One("compare/ge scalar", x => x[0] >= 1);
        yield return One("compare/isnan", x => x[0].isnan());
        yield return One("compare/isfinite", x => x[0].isfinite());
        yield return One("logical/not", x => x[0].logical_not());
        yield return One("logical/and", x => x[0].logical_and(x[1]));
        yield return One("logical/or", x => x[0].logical_or(x[1]));
        yield return One("bool/all", x => x[0].all());
        yield return One("bool/any", x => x[0].any());
        yield return One("bool/sum", x => x[0].sum());
        yield return One("int64/sum", x => x[0].sum());
        yield return One("int64/div", x => x[0] / 2);
        yield return One("int64/times half", x => x[0] * 0.5);
        yield return One("int64/plus one", x => x[0] + 1);
        yield return One("to/float32", x => x[0].to(ScalarType.Float32));
        yield return One("to/float64", x => x[0].to(ScalarType.Float64));
        yield return One("to/int64", x => x[0].to(ScalarType.Int64));
        yield return One("to/bool", x => x[0].to(ScalarType.Bool));
        yield return One("to/from-int64", x => x[0].to(ScalarType.Float32));
        yield return One("to/from-bool", x => x[0].to(ScalarType.Float32));
        yield return One("make/arange", _ => arange(5));
        yield return One("make/arange-step", _ => arange(1.0, 2.0, 0.3));
        yield return One("make/linspace", _ => linspace(-2, 3, 7));
        yield return One("make/linspace64", _ => linspace(-2, 3, 7, dtype: ScalarType.Float64));
        yield return One("make/eye", _ => eye(3));
        yield return One("make/full", _ => full(2, 2, 1.5f));
        yield return One("make/zeros", _ => zeros(2, 3));
        yield return One("make/ones", _ => ones(2, 3, dtype: ScalarType.Float64));
    }
}
