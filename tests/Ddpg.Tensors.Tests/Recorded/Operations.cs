using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Recorded;

/// <summary>The C# side of <c>record_torch.py</c>: the same names, the same expressions.</summary>
public static partial class Operations
{
    public delegate Tensor[] Operation(Tensor[] x);

    public static IReadOnlyDictionary<string, Operation> Table { get; } =
        new[] { Arithmetic(), OneOperand(), Products(), Reductions(), Views(), InPlace(), Losses(), Types() }
            .SelectMany(family => family).ToDictionary(entry => entry.Name, entry => entry.Operation);

    private static (string Name, Operation Operation) One(string name, Func<Tensor[], Tensor> operation) => (name, x => [operation(x)]);

    private static IEnumerable<(string Name, Operation Operation)> Arithmetic()
    {
        var binary = new Dictionary<string, Func<Tensor, Tensor, Tensor>>
        {
            ["add"] = (a, b) => a + b,
            ["sub"] = (a, b) => a - b,
            ["mul"] = (a, b) => a * b,
            ["div"] = (a, b) => a / b,
            ["minimum"] = minimum,
            ["maximum"] = maximum,
            ["mse_loss/none"] = (a, b) => F.mse_loss(a, b, Reduction.None),
        };
        string[] broadcasts = ["same", "row", "column", "scalar", "one", "outer", "left", "3d", "zero", "zero-one"];
        foreach ((string name, Func<Tensor, Tensor, Tensor> operation) in binary)
        {
            foreach (string broadcast in broadcasts.Where(b => name != "mse_loss/none" || b != "left"))
            {
                yield return One($"{name}/{broadcast}", x => operation(x[0], x[1]));
            }
        }
        yield return One("add/alpha", x => x[0].add(x[1], 0.25));
        yield return One("add/self", x => x[0] + x[0]);
        yield return One("mul/self", x => x[0] * x[0]);
        yield return One("div/self", x => x[0] / x[0]);
        yield return One("sub/transposed", x => x[0].t() - x[1]);
        yield return One("mul/expanded", x => x[0].expand(4, 3) * x[1]);
        yield return One("minimum/tie", x => minimum(x[0], x[1]));
        yield return One("maximum/tie", x => maximum(x[0], x[1]));
        yield return One("pow/tensor", x => x[0].pow(x[1]));
        yield return One("pow/tensor-broadcast", x => x[0].pow(x[1]));
        yield return One("pow/2", x => x[0].pow(2));
        yield return One("pow/3", x => x[0].pow(3));
        yield return One("pow/half", x => x[0].pow(0.5));
        yield return One("pow/minus1", x => x[0].pow(-1));
        yield return One("pow/0", x => x[0].pow(0));
        yield return One("pow/1", x => x[0].pow(1));
        yield return One("pow/2.5", x => x[0].pow(2.5));
        yield return One("pow/square-negative", x => x[0].pow(2));
        yield return One("scalar/add", x => x[0] + 1.5);
        yield return One("scalar/add-left", x => 1.5 + x[0]);
        yield return One("scalar/sub", x => x[0] - 1.5);
        yield return One("scalar/sub-left", x => 1.5 - x[0]);
        yield return One("scalar/mul", x => x[0] * -2.5);
        yield return One("scalar/mul-left", x => -2.5 * x[0]);
        yield return One("scalar/div", x => x[0] / 3);
        yield return One("scalar/div-left", x => 3 / x[0]);
        yield return One("scalar/tenth", x => x[0] * 0.1);
    }

    private static IEnumerable<(string Name, Operation Operation)> OneOperand()
    {
        var unary = new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["neg"] = a => -a,
            ["abs"] = a => a.abs(),
            ["exp"] = a => a.exp(),
            ["log"] = a => a.log(),
            ["sqrt"] = a => a.sqrt(),
            ["rsqrt"] = a => a.rsqrt(),
            ["square"] = a => a.square(),
            ["reciprocal"] = a => a.reciprocal(),
            ["sin"] = a => a.sin(),
            ["cos"] = a => a.cos(),
            ["tanh"] = a => a.tanh(),
            ["sigmoid"] = a => a.sigmoid(),
            ["relu"] = a => a.relu(),
            ["softplus"] = a => F.softplus(a),
            ["sign"] = a => a.sign(),
            ["floor"] = a => a.floor(),
            ["ceil"] = a => a.ceil(),
            ["round"] = a => a.round(),
            ["log1p"] = a => a.log1p(),
            ["expm1"] = a => a.expm1(),
            ["leaky_relu"] = a => F.leaky_relu(a, 0.01),
            ["elu"] = a => F.elu(a, 1),
            ["gelu"] = a => F.gelu(a),
            ["silu"] = a => F.silu(a),
            ["softmax"] = a => F.softmax(a, -1),
            ["log_softmax"] = a => F.log_softmax(a, -1),
        };
        string[] special = ["neg", "abs", "exp", "log", "sqrt", "square", "tanh", "sigmoid", "relu", "sign", "floor", "reciprocal", "sin", "cos"];
        string[] wide = ["tanh", "exp", "sigmoid", "sin", "cos", "log", "sqrt"];
        foreach ((string name, Func<Tensor, Tensor> operation) in unary)
        {
            yield return One($"{name}/2d", x => operation(x[0]));
            yield return One($"{name}/zero", x => operation(x[0]));
            if (name is not ("softmax" or "log_softmax"))
            {
                yield return One($"{name}/0d", x => operation(x[0]));
                yield return One($"{name}/transposed", x => operation(x[0].t()));
            }
            if (special.Contains(name))
            {
                yield return One($"{name}/special", x => operation(x[0]));
            }
            if (wide.Contains(name))
            {
                yield return One($"{name}/wide", x => operation(x[0]));
            }
        }
        yield return One("abs/kink", x => x[0].abs());
        yield return One("relu/kink", x => x[0].relu());
        yield return One("clamp/both", x => x[0].clamp(-1, 1.5));
        yield return One("clamp/min", x => x[0].clamp(min: -0.5));
        yield return One("clamp/max", x => x[0].clamp(max: 0.5));
        yield return One("clamp/at-the-bound", x => x[0].clamp(-1, 1));
        yield return One("clamp/crossed", x => x[0].clamp(1, -1));
    }

    private static IEnumerable<(string Name, Operation Operation)> Products()
    {
        foreach (string shape in new[] { "2x3x4", "1x1x1", "5x17x9", "1x7x33", "33x1x2", "0 rows", "0 inner", "0 columns", "vector-vector", "matrix-vector", "vector-matrix", "batched", "batch-broadcast" })
        {
            yield return One($"matmul/{shape}", x => matmul(x[0], x[1]));
        }
        yield return One("mm/2x3x4", x => x[0].mm(x[1]));
        yield return One("mm/transposed-left", x => x[0].t().mm(x[1]));
        yield return One("mm/transposed-right", x => x[0].mm(x[1].t()));
        yield return One("mm/both-transposed", x => x[0].t().mm(x[1].t()));
        yield return One("mm/self-transposed", x => x[0].mm(x[0].t()));
        yield return One("mm/sliced", x => x[0].slice(1, 1, 4, 1).mm(x[1].slice(0, 0, 6, 2)));
        yield return One("addmm/plain", x => x[0].addmm(x[1], x[2]));
        yield return One("bmm/plain", x => x[0].bmm(x[1]));
        yield return One("dot/plain", x => x[0].dot(x[1]));
        yield return One("outer/plain", x => x[0].outer(x[1]));
        foreach (string shape in new[] { "plain", "vector", "3d", "zero-batch", "wide" })
        {
            yield return One($"linear/{shape}", x => F.linear(x[0], x[1], x[2]));
        }
        yield return One("linear/no-bias", x => F.linear(x[0], x[1]));
    }
}
