using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Gradients;

/// <param name="Members">The engine's members that this entry exercises: the completeness test counts on it.</param>
public sealed record DifferentiableOperation(string Name, string[] Members, Func<Layout, long[][]> Shapes, Func<Tensor[], Layout, Tensor> Function, Domain Domain = Domain.Any);

/// <summary>Every differentiable operation of the engine, with the shapes it is tried on.</summary>
public static partial class DifferentiableOperations
{
    public static IReadOnlyList<DifferentiableOperation> All { get; } = [.. Elementwise(), .. Products(), .. Reductions(), .. Views(), .. InPlace(), .. NN(), .. More()];

    private static long[][] Alone(Layout l) => [l.Shape];

    private static long[][] Broadcast(Layout l) => (l.Mask & 1) == 0 ? [l.Shape, l.BroadcastTo(l.Mask >> 1)] : [l.BroadcastTo(l.Mask >> 1), l.Shape];

    private static long[][] IntoFirst(Layout l) => [l.Shape, l.BroadcastTo(l.Mask >> 1)];

    private static long[][] Same(Layout l) => [l.Shape, l.Shape];

    private static long[][] AtLeast(Layout l, int rank, int least = 0) => [[.. Enumerable.Range(0, rank).Select(i => l.D(i, least))]];

    private static DifferentiableOperation Unary(string name, Func<Tensor, Tensor> function, Domain domain = Domain.Any) =>
        new(name, [name], Alone, (x, _) => function(x[0]), domain);

    private static DifferentiableOperation Binary(string name, string[] members, Func<Tensor, Tensor, Tensor> function, Domain domain = Domain.Any) =>
        new(name, members, Broadcast, (x, _) => function(x[0], x[1]), domain);

    private static IEnumerable<DifferentiableOperation> Elementwise()
    {
        yield return Binary("a + b", ["op_Addition"], (a, b) => a + b);
        yield return Binary("a.add(b)", ["add"], (a, b) => a.add(b));
        yield return Binary("a.add(b, alpha)", ["add"], (a, b) => a.add(b, 0.25));
        yield return Binary("a - b", ["op_Subtraction"], (a, b) => a - b);
        yield return Binary("a.sub(b)", ["sub"], (a, b) => a.sub(b));
        yield return Binary("a * b", ["op_Multiply"], (a, b) => a * b);
        yield return Binary("a.mul(b)", ["mul"], (a, b) => a.mul(b));
        yield return Binary("a / b", ["op_Division"], (a, b) => a / b, Domain.Positive);
        yield return Binary("a.div(b)", ["div"], (a, b) => a.div(b), Domain.Positive);
        yield return Binary("minimum", ["minimum", "min"], minimum);
        yield return Binary("maximum", ["maximum", "max"], maximum);
        yield return Binary("pow(tensor)", ["pow"], (a, b) => a.pow(b), Domain.Positive);
        yield return Binary("where", ["where"], (a, b) => where(a.detach() > b.detach(), a, b));
        yield return Binary("a * b + a / b of the same", ["op_Multiply"], (a, b) => a * b + b * a / (b * b), Domain.Positive);
        yield return Unary("op_UnaryNegation", a => -a);
        yield return Unary("neg", a => a.neg());
        yield return Unary("abs", a => a.abs());
        yield return Unary("exp", a => a.exp());
        yield return Unary("log", a => a.log(), Domain.Positive);
        yield return Unary("sqrt", a => a.sqrt(), Domain.Positive);
        yield return Unary("rsqrt", a => a.rsqrt(), Domain.Positive);
        yield return Unary("square", a => a.square());
        yield return Unary("reciprocal", a => a.reciprocal(), Domain.Positive);
        yield return Unary("sin", a => a.sin());
        yield return Unary("cos", a => a.cos());
        yield return Unary("tanh", a => a.tanh());
        yield return Unary("sigmoid", a => a.sigmoid());
        yield return Unary("relu", a => a.relu());
        yield return Unary("sign", a => a.sign() * a);
        yield return new("scalars", ["op_Addition", "op_Subtraction", "op_Multiply", "op_Division", "add", "sub", "mul", "div"], Alone,
            (x, _) => (1.5 + x[0]) * 2 - (3 - x[0]) / 4 + (x[0] - 1) + 2 / x[0] + x[0].add(1).sub(2).mul(3).div(4), Domain.Positive);
        yield return new("pow(scalar)", ["pow"], Alone, (x, l) => x[0].pow(new[] { 2.0, 3, 0.5, -1, 0, 1, 2.5 }[l.Mask % 7]), Domain.Positive);
        yield return new("clamp", ["clamp"], Alone, (x, l) => (l.Mask % 3) switch { 0 => x[0].clamp(-1, 1), 1 => x[0].clamp(min: 0.5), _ => x[0].clamp(max: -0.5) });
        yield return new("lerp", ["lerp"], l => [l.Shape, l.Shape, l.Shape], (x, _) => x[0].lerp(x[1], x[2]));
        yield return new("addcmul", ["addcmul"], l => [l.Shape, l.Shape, l.Shape], (x, _) => x[0].addcmul(x[1], x[2], 0.5));
        yield return new("addcdiv", ["addcdiv"], l => [l.Shape, l.Shape, l.Shape], (x, _) => x[0].addcdiv(x[1], x[2], 0.5), Domain.Positive);
        yield return new("to", ["to", "to_type"], Alone, (x, _) => x[0].to(ScalarType.Float64) * x[0].to_type(ScalarType.Float64));
    }

    private static IEnumerable<DifferentiableOperation> Products()
    {
        yield return new("mm", ["mm"], l => [[l.D(0), l.D(1)], [l.D(1), l.D(2)]], (x, _) => x[0].mm(x[1]));
        yield return new("matmul 2d", ["matmul"], l => [[l.D(0), l.D(1)], [l.D(1), l.D(2)]], (x, _) => matmul(x[0], x[1]));
        yield return new("matmul vectors", ["matmul"], l => [[l.D(0)], [l.D(0)]], (x, _) => x[0].matmul(x[1]));
        yield return new("matmul matrix-vector", ["matmul"], l => [[l.D(0), l.D(1)], [l.D(1)]], (x, _) => x[0].matmul(x[1]));
        yield return new("matmul vector-matrix", ["matmul"], l => [[l.D(1)], [l.D(1), l.D(2)]], (x, _) => x[0].matmul(x[1]));
        yield return new("mm with itself", ["mm", "t"], l => AtLeast(l, 2), (x, _) => x[0].mm(x[0].t()));
        yield return new("linear", ["linear"], l => [[l.D(0), l.D(1)], [l.D(2), l.D(1)], [l.D(2)]], (x, _) => F.linear(x[0], x[1], x[2]));
        yield return new("linear 3d", ["linear"], l => [[2, l.D(0), l.D(1)], [l.D(2), l.D(1)], [l.D(2)]], (x, _) => F.linear(x[0], x[1], x[2]));
        yield return new("linear no bias", ["linear"], l => [[l.D(0), l.D(1)], [l.D(2), l.D(1)]], (x, _) => F.linear(x[0], x[1]));
        yield return new("linear with relu", ["linear", "relu"], l => [[l.D(0), l.D(1)], [l.D(2), l.D(1)], [l.D(2)]], (x, _) => F.relu(F.linear(x[0], x[1], x[2]) * 1.01 + 0.0137));
        yield return new("linear of cat", ["linear", "cat"], l => [[l.D(0), l.D(1)], [l.D(0), 2], [l.D(2), l.D(1) + 2], [l.D(2)]], (x, _) => F.linear(cat([x[0], x[1]], 1), x[2], x[3]).tanh());
    }

    private static IEnumerable<DifferentiableOperation> Reductions()
    {
        yield return new("sum", ["sum"], Alone, (x, _) => x[0].sum());
        yield return new("mean", ["mean"], l => AtLeast(l, 2, 1), (x, _) => x[0].mean());
        yield return new("sum(dim)", ["sum"], l => AtLeast(l, 3), (x, l) => x[0].sum(l.Mask % 3, keepdim: (l.Mask & 4) != 0));
        yield return new("sum(-dim)", ["sum"], l => AtLeast(l, 3), (x, l) => x[0].sum(-1L - l.Mask % 3));
        yield return new("sum(dims)", ["sum"], l => AtLeast(l, 3), (x, l) => x[0].sum([0, 2], keepdim: (l.Mask & 4) != 0));
        yield return new("mean(dims)", ["mean"], l => AtLeast(l, 3, 1), (x, l) => x[0].mean([l.Mask % 3], keepdim: (l.Mask & 4) != 0));
        yield return new("mean(two dims)", ["mean"], l => AtLeast(l, 3, 1), (x, l) => x[0].mean([0, 2]));
        yield return new("var", ["var"], l => AtLeast(l, 2, 2), (x, l) => x[0].var((l.Mask & 1) != 0));
        yield return new("std", ["std"], l => AtLeast(l, 2, 2), (x, l) => x[0].std((l.Mask & 1) != 0));
        yield return new("max", ["max"], l => AtLeast(l, 2, 1), (x, _) => x[0].max());
        yield return new("min", ["min"], l => AtLeast(l, 2, 1), (x, _) => x[0].min());
        yield return new("max(dim)", ["max"], l => AtLeast(l, 3, 1), (x, l) => x[0].max(l.Mask % 3, (l.Mask & 4) != 0).values);
        yield return new("min(dim)", ["min"], l => AtLeast(l, 3, 1), (x, l) => x[0].min(l.Mask % 3, (l.Mask & 4) != 0).values);
    }

    private static IEnumerable<DifferentiableOperation> Views()
    {
        yield return new("view", ["view"], l => AtLeast(l, 2), (x, _) => x[0].contiguous().view(x[0].NumberOfElements) * 2);
        yield return new("reshape", ["reshape"], l => AtLeast(l, 3), (x, _) => x[0].reshape(x[0].shape[0] * x[0].shape[1], x[0].shape[2]));
        yield return new("flatten", ["flatten"], Alone, (x, _) => x[0].flatten());
        yield return new("t", ["t"], l => AtLeast(l, 2), (x, _) => x[0].t() * 2);
        yield return new("transpose", ["transpose"], l => AtLeast(l, 3), (x, l) => x[0].transpose(l.Mask % 3, -1));
        yield return new("permute", ["permute"], l => AtLeast(l, 3), (x, _) => x[0].permute(2, 0, 1));
        yield return new("unsqueeze", ["unsqueeze"], l => AtLeast(l, 2), (x, l) => x[0].unsqueeze(l.Mask % 3));
        yield return new("squeeze", ["squeeze"], l => [[1, l.D(0), 1]], (x, l) => (l.Mask & 1) == 0 ? x[0].squeeze() : x[0].squeeze(0));
        yield return new("expand", ["expand"], l => [[1, l.D(0)]], (x, _) => x[0].expand(3, -1));
        yield return new("select", ["select"], l => AtLeast(l, 2, 1), (x, l) => x[0].select(0, l.Mask % x[0].shape[0]));
        yield return new("slice", ["slice"], l => AtLeast(l, 2), (x, l) => x[0].slice(1, l.Mask % 2, x[0].shape[1], 1 + l.Mask % 2));
        yield return new("narrow", ["narrow"], l => AtLeast(l, 2, 2), (x, _) => x[0].narrow(1, 1, 1));
        yield return new("index", ["this"], l => AtLeast(l, 3, 2), (x, _) => x[0][1] + x[0][.., 0, 1..].sum() + x[0][0, 1, 1]);
        yield return new("clone", ["clone", "contiguous"], l => AtLeast(l, 2), (x, _) => x[0].clone() * x[0].t().contiguous().t());
        yield return new("cat", ["cat"], l => [[l.D(0), l.D(1)], [l.D(0), l.D(2)], [l.D(0), 1]], (x, _) => cat(x, 1));
        yield return new("cat first", ["cat"], l => [[l.D(1), l.D(0)], [l.D(2), l.D(0)]], (x, _) => cat(x, 0));
        yield return new("stack", ["stack"], Same, (x, l) => stack(x, l.Mask % (l.Dims.Length + 1)));
        yield return new("index_select", ["index_select"], l => AtLeast(l, 2, 1), (x, l) => x[0].index_select(0, tensor([0L, x[0].shape[0] - 1, 0])));
        yield return new("gather", ["gather"], l => AtLeast(l, 2, 1), (x, _) => x[0].gather(1, zeros(x[0].shape[0], 2, dtype: ScalarType.Int64)));
        yield return new("overlapping views", ["slice", "view"], l => [[4 + l.D(0)]], (x, _) => x[0].slice(0, 0, 3, 1) * x[0].slice(0, 1, 4, 1));
    }

    private static IEnumerable<DifferentiableOperation> InPlace()
    {
        static DifferentiableOperation Change(string name, string[] members, Action<Tensor, Tensor> change, Domain domain = Domain.Any) => new(name, members, IntoFirst, (x, _) =>
        {
            Tensor y = x[0] * 1.5;
            change(y, x[1] + 0);
            return y * 2;
        }, domain);
        yield return Change("add_", ["add_"], (y, b) => y.add_(b));
        yield return Change("add_ alpha", ["add_"], (y, b) => y.add_(b, 0.5));
        yield return Change("sub_", ["sub_"], (y, b) => y.sub_(b));
        yield return Change("mul_", ["mul_"], (y, b) => y.mul_(b));
        yield return Change("div_", ["div_"], (y, b) => y.div_(b), Domain.Positive);
        yield return Change("copy_", ["copy_"], (y, b) => y.copy_(b));
        yield return Change("lerp_", ["lerp_"], (y, b) => y.lerp_(b.expand_as(y), full([], 0.25, dtype: ScalarType.Float64)));
        yield return Change("scalars in place", ["add_", "sub_", "mul_", "div_"], (y, b) => y.add_(1).sub_(b).mul_(3).div_(4));
        yield return Change("fill_", ["fill_", "zero_"], (y, b) => y.add_(b).fill_(2));
        yield return Change("clamp_", ["clamp_"], (y, b) => y.add_(b).clamp_(-1.003, 1.007));
        yield return new("change through a view", ["select", "mul_", "add_"], l => [[3, l.D(0)], [l.D(0)]], (x, _) =>
        {
            Tensor y = x[0] * 1.5;
            y.select(0, 1).mul_(x[1]);
            y[0].add_(x[1] * x[1]);
            return y * y;
        });
        yield return new("assignment by index", ["this"], l => [[3, l.D(0)], [l.D(0)]], (x, _) =>
        {
            Tensor y = x[0] * 1.5;
            y[2] = x[1] * 2;
            return y * y;
        });
    }

    private static IEnumerable<DifferentiableOperation> NN()
    {
        static Reduction Pick(Layout l) => (l.Mask >> 1 & 1) == 0 ? Reduction.Mean : Reduction.Sum;
        yield return new("mse_loss", ["mse_loss", "MSELoss"], l => [[l.D(0, 1), l.D(1, 1)], [l.D(0, 1), l.D(1, 1)]], (x, l) => F.mse_loss(x[0], x[1], Pick(l)));
        yield return new("mse_loss broadcasting", ["mse_loss"], l => [[l.D(0, 1), 1], [l.D(0, 1)]], (x, _) => F.mse_loss(x[0], x[1]));
        yield return new("mse_loss none", ["mse_loss"], Same, (x, _) => F.mse_loss(x[0], x[1], Reduction.None));
        yield return new("huber_loss", ["huber_loss"], l => [[l.D(0, 1), l.D(1, 1)], [l.D(0, 1), l.D(1, 1)]], (x, l) => F.huber_loss(x[0], x[1], 0.503, Pick(l)));
        yield return new("layer_norm", ["layer_norm", "LayerNorm"], l => [[l.D(0), l.D(1, 2)], [l.D(1, 2)], [l.D(1, 2)]], (x, _) => F.layer_norm(x[0], [x[0].shape[1]], x[1], x[2], 0.1));
        yield return new("layer_norm bare", ["layer_norm"], l => [[2, l.D(0), l.D(1, 2)]], (x, _) => F.layer_norm(x[0], [x[0].shape[2]], eps: 0.1));
        yield return new("F.relu", ["relu"], Alone, (x, _) => F.relu(x[0]));
        yield return new("F.tanh", ["tanh"], Alone, (x, _) => F.tanh(x[0]));
        yield return new("modules", ["Linear", "ReLU", "Tanh", "Sequential"], l => [[l.D(0), 3]], (x, _) =>
        {
            using Sequential net = Sequential(Linear(3, 4, dtype: ScalarType.Float64), ReLU(), Linear(4, 2, dtype: ScalarType.Float64), Tanh());
            using (no_grad())
            {
                foreach (Parameter parameter in net.parameters())
                {
                    parameter.copy_(linspace(-0.71, 0.93, parameter.NumberOfElements, dtype: ScalarType.Float64).reshape(parameter.shape));
                }
            }
            return net.call(x[0]).clone();
        });
    }
}
