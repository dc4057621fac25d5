using static TorchSharp.torch.nn;

namespace Ddpg.Tensors.Tests.Gradients;

public static partial class DifferentiableOperations
{
    private static IEnumerable<DifferentiableOperation> More() => [.. MoreFunctions(), .. MoreShapes(), .. MoreSelections(), .. MoreInPlace(), .. MoreNN()];

    private static IEnumerable<DifferentiableOperation> MoreFunctions()
    {
        yield return Unary("absolute", a => a.absolute());
        yield return Unary("erf", a => a.erf());
        yield return Unary("expm1", a => a.expm1());
        yield return Unary("log1p", a => a.log1p(), Domain.Positive);
        yield return Unary("log2", a => a.log2(), Domain.Positive);
        yield return Unary("log10", a => a.log10(), Domain.Positive);
        yield return Unary("log_sigmoid", a => a.log_sigmoid());
        yield return Unary("nan_to_num", a => a.nan_to_num());
        yield return Unary("negative", a => a.negative());
        yield return Unary("positive", a => a.positive());
        yield return Unary("silu", a => a.silu());
        yield return Unary("gelu", a => a.gelu());
        yield return Unary("double", a => a.@double() * 2);
        yield return new("leaky_relu", ["leaky_relu", "LeakyReLU"], Alone, (x, l) => (l.Mask & 1) == 0 ? x[0].leaky_relu(0.1) : LeakyReLU(0.2).call(x[0]));
        yield return new("elu", ["elu", "ELU"], Alone, (x, l) => (l.Mask & 1) == 0 ? x[0].elu(0.7) : ELU(0.7).call(x[0]));
        yield return new("softplus", ["softplus", "Softplus"], Alone, (x, l) => (l.Mask & 1) == 0 ? x[0].softplus() : Softplus().call(x[0]));
        yield return new("softmax", ["softmax", "Softmax"], l => AtLeast(l, 2), (x, l) => (l.Mask & 1) == 0 ? x[0].softmax(1) : Softmax(0).call(x[0]));
        yield return new("log_softmax", ["log_softmax"], l => AtLeast(l, 2), (x, _) => x[0].log_softmax(1));
        yield return new("logsumexp", ["logsumexp"], l => AtLeast(l, 2, 1), (x, l) => x[0].logsumexp(l.Mask % 2, keepdim: (l.Mask & 2) != 0));
        yield return Binary("subtract", ["subtract"], (a, b) => a.subtract(b).subtract(1.5));
        yield return Binary("multiply", ["multiply"], (a, b) => a.multiply(b).multiply(1.5));
        yield return Binary("divide", ["divide", "true_divide"], (a, b) => a.divide(b).true_divide(1.5), Domain.Positive);
        yield return Binary("remainder", ["remainder", "op_Modulus"], (a, b) => a.remainder(10) * b + b % 10);
        yield return new("clamp_min and clamp_max", ["clamp_min", "clamp_max", "clip"], Alone, (x, _) => x[0].clamp_min(-1.003) + x[0].clamp_max(0.503) + x[0].clip(-0.997, 0.993));
        yield return new("prod", ["prod"], l => AtLeast(l, 2, 1), (x, l) => (l.Mask & 1) == 0 ? x[0].prod() : x[0].prod(l.Mask % 2), Domain.Positive);
        yield return new("cumsum", ["cumsum"], l => AtLeast(l, 3), (x, l) => x[0].cumsum(l.Mask % 3));
        yield return new("cumprod", ["cumprod"], l => AtLeast(l, 2), (x, l) => x[0].cumprod(l.Mask % 2), Domain.Positive);
        yield return new("norm", ["norm"], l => AtLeast(l, 2, 1), (x, l) => (l.Mask & 1) == 0 ? x[0].norm() : x[0].norm(1, keepdim: true));
        yield return new("amax and amin", ["amax", "amin"], l => AtLeast(l, 3, 1), (x, _) => x[0].amax(0, 2) + x[0].amin(0, 2));
        yield return new("median", ["median"], l => AtLeast(l, 2, 1), (x, _) => x[0].median());
        yield return new("std_mean and var_mean", ["std_mean", "var_mean"], l => AtLeast(l, 2, 2), (x, _) =>
        {
            (Tensor deviation, Tensor mean) = x[0].std_mean(unbiased: false);
            (Tensor variance, Tensor again) = x[0].var_mean();
            return stack([deviation, mean, variance, again]);
        });
    }

    private static IEnumerable<DifferentiableOperation> MoreShapes()
    {
        yield return new("T and mT", ["T", "mT"], l => AtLeast(l, 2), (x, _) => x[0].T * 2 + x[0].mT);
        yield return new("swapaxes", ["swapaxes", "swapdims"], l => AtLeast(l, 3), (x, _) => x[0].swapaxes(0, 1).swapdims(1, 2));
        yield return new("ravel", ["ravel"], l => AtLeast(l, 2), (x, _) => x[0].ravel());
        yield return new("unflatten", ["unflatten"], l => [[6, l.D(0)]], (x, _) => x[0].unflatten(0, 2, 3));
        yield return new("view_as and type_as", ["view_as", "type_as", "type"], l => AtLeast(l, 2), (x, _) => x[0].contiguous().view_as(x[0]).type_as(x[0]).type(ScalarType.Float64) * 2);
        yield return new("expand_as", ["expand_as", "broadcast_to"], l => [[1, l.D(0)]], (x, _) => x[0].expand_as(zeros(3, x[0].shape[1])) + x[0].broadcast_to(3, x[0].shape[1]));
        yield return new("chunk", ["chunk"], l => [[4, l.D(0)]], (x, _) => x[0].chunk(2)[0] * x[0].chunk(2)[1]);
        yield return new("split", ["split"], l => [[4, l.D(0)]], (x, _) => x[0].split(2)[0] * x[0].split(2)[1]);
        yield return new("unbind", ["unbind"], l => [[2, l.D(0)]], (x, _) => x[0].unbind()[0] * x[0].unbind()[1]);
        yield return new("concat", ["concat", "hstack", "vstack"], l => [[l.D(0), l.D(1)], [l.D(0), l.D(1)]], (x, _) => concat(x, 1) + hstack(x) + vstack(x).sum());
        yield return new("flip", ["flip"], l => AtLeast(l, 2), (x, _) => x[0].flip(0, 1));
        yield return new("roll", ["roll"], l => AtLeast(l, 2), (x, l) => x[0].roll(l.Mask % 3, 1));
        yield return new("repeat", ["repeat", "tile"], l => AtLeast(l, 2), (x, _) => x[0].repeat(2, 3) + x[0].tile([2, 3]));
        yield return new("tril and triu", ["tril", "triu"], l => AtLeast(l, 2), (x, _) => x[0].tril() * 2 + x[0].triu(1));
        yield return new("diag", ["diag"], l => [[l.D(0, 1)]], (x, _) => x[0].diag().mm(x[0].diag()).diag());
        yield return new("trace", ["trace"], l => [[l.D(0, 1), l.D(0, 1)]], (x, _) => x[0].trace());
        yield return new("meshgrid", ["meshgrid"], l => [[l.D(0)], [l.D(1)]], (x, _) =>
        {
            Tensor[] grid = meshgrid(x, indexing: "ij");
            return grid[0] * grid[1];
        });
        yield return new("squeezed in place", ["squeeze_", "unsqueeze_", "transpose_"], l => [[1, l.D(0)]], (x, _) => (x[0] * 2).squeeze_(0).unsqueeze_(1).transpose_(0, 1));
    }

    private static IEnumerable<DifferentiableOperation> MoreSelections()
    {
        yield return new("addmm", ["addmm"], l => [[l.D(2)], [l.D(0), l.D(1)], [l.D(1), l.D(2)]], (x, _) => x[0].addmm(x[1], x[2], 0.5f, 2f));
        yield return new("bmm", ["bmm"], l => [[2, l.D(0), l.D(1)], [2, l.D(1), l.D(2)]], (x, _) => x[0].bmm(x[1]));
        yield return new("matmul batched", ["matmul"], l => [[2, l.D(0), l.D(1)], [l.D(1), l.D(2)]], (x, _) => x[0].matmul(x[1]));
        yield return new("mv", ["mv"], l => [[l.D(0), l.D(1)], [l.D(1)]], (x, _) => x[0].mv(x[1]));
        yield return new("dot", ["dot"], l => [[l.D(0)], [l.D(0)]], (x, _) => x[0].dot(x[1]));
        yield return new("outer", ["outer"], l => [[l.D(0)], [l.D(1)]], (x, _) => x[0].outer(x[1]));
        yield return new("sort", ["sort"], l => AtLeast(l, 2, 1), (x, l) => x[0].sort(1, descending: (l.Mask & 1) != 0).Values);
        yield return new("topk", ["topk"], l => AtLeast(l, 2, 2), (x, _) => x[0].topk(2).values);
        yield return new("masked_fill", ["masked_fill"], Alone, (x, _) => x[0].masked_fill(x[0].detach() > 0.3, -1.5));
        yield return new("masked_select", ["masked_select"], Alone, (x, _) => x[0].masked_select(x[0].detach() > -100));
        yield return new("scatter", ["scatter"], l => [[2, l.D(0, 1)], [2, 1]], (x, _) => x[0].scatter(1, zeros(2, 1, dtype: ScalarType.Int64), x[1]));
        yield return new("scatter_add", ["scatter_add"], l => [[2, l.D(0, 1)], [2, 2]], (x, _) => x[0].scatter_add(1, zeros(2, 2, dtype: ScalarType.Int64), x[1]));
        yield return new("index_add", ["index_add"], l => [[3, l.D(0)], [2, l.D(0)]], (x, _) => x[0].index_add(0, tensor([2L, 2]), x[1], 0.5));
        yield return new("index_copy", ["index_copy"], l => [[3, l.D(0)], [2, l.D(0)]], (x, _) => x[0].index_copy(0, tensor([2L, 0]), x[1]));
        yield return new("index by a tensor", ["index"], l => [[3, l.D(0)]], (x, _) => x[0].index(tensor([2L, 0, 2])));
    }

    private static IEnumerable<DifferentiableOperation> MoreInPlace()
    {
        static DifferentiableOperation Change(string name, string[] members, Func<Tensor, Tensor> change, Domain domain = Domain.Any) => new(name, members, Alone, (x, _) =>
        {
            Tensor y = x[0] * 1.5;
            change(y);
            return y * 2;
        }, domain);
        yield return Change("smooth functions in place", ["exp_", "sin_", "cos_", "tanh_", "sigmoid_", "neg_"], y => y.exp_().neg_().sin_().cos_().tanh_().sigmoid_());
        yield return Change("functions of positive numbers in place", ["sqrt_", "log_", "rsqrt_", "reciprocal_", "pow_"], y => y.add_(2).sqrt_().log_().add_(2).rsqrt_().reciprocal_().pow_(3), Domain.Positive);
        yield return Change("kinks in place", ["abs_", "relu_", "sign_"], y => y.abs_().sub_(0.2503).relu_());
        yield return Change("bounds in place", ["clamp_min_", "clamp_max_", "masked_fill_"], y => y.clamp_min_(-1.003).clamp_max_(0.503).masked_fill_(y.detach() > 100, 1));
        yield return Change("subtract_", ["subtract_"], y => y.subtract_(0.5));
        yield return new("addcmul_ and addcdiv_", ["addcmul_", "addcdiv_"], l => [l.Shape, l.Shape, l.Shape], (x, _) => (x[0] * 1.5).addcmul_(x[1], x[2], 0.5).addcdiv_(x[1], x[2], 0.5), Domain.Positive);
        yield return new("scatter_", ["scatter_", "scatter_add_"], l => [[2, l.D(0, 1)], [2, 1]],
            (x, _) => (x[0] * 1.5).scatter_(1, zeros(2, 1, dtype: ScalarType.Int64), x[1]).scatter_add_(1, zeros(2, 1, dtype: ScalarType.Int64), x[1] * x[1]));
        yield return new("index_add_", ["index_add_", "index_copy_", "index_put_"], l => [[3, l.D(0)], [2, l.D(0)]],
            (x, _) => (x[0] * 1.5).index_add_(0, tensor([2L, 2]), x[1], 0.5).index_copy_(0, tensor([1L, 0]), x[1]).index_put_(x[1] * 2, tensor([2L, 1])));
        static DifferentiableOperation Before(string name, Func<Tensor, Tensor> view) => new($"a {name} made before its base changes", ["view", "select", "expand"], l => [[2, l.D(0)], [2, 1]], (x, _) =>
        {
            Tensor y = x[0] * 1.5, seen = view(y);
            y.mul_(x[1]);
            return seen * seen;
        });
        yield return Before("view", y => y.view(y.NumberOfElements));
        yield return Before("row", y => y.select(0, 1));
        yield return Before("transposed view", y => y.t());
        yield return Before("slice", y => y.slice(0, 0, 2, 1).slice(1, 0, y.shape[1], 2));
        yield return Before("expanded view", y => y.unsqueeze(0).expand(3, 2, y.shape[1]));
        yield return new("a view changed, seen by another", ["mul_", "slice"], l => [[4, l.D(0)]], (x, _) =>
        {
            Tensor y = x[0] * 1.5, upper = y.slice(0, 0, 3, 1), lower = y.slice(0, 1, 4, 1);
            upper.mul_(3);
            return lower * lower + upper.sum();
        });
    }

    private static IEnumerable<DifferentiableOperation> MoreNN()
    {
        yield return new("smooth_l1_loss", ["smooth_l1_loss", "SmoothL1Loss"], l => [[l.D(0, 1), 2], [l.D(0, 1), 2]], (x, l) => (l.Mask & 1) == 0 ? F.smooth_l1_loss(x[0] * 0.37, x[1]) : SmoothL1Loss().call(x[0] * 0.37, x[1]));
        yield return new("l1_loss", ["l1_loss", "L1Loss"], l => [[l.D(0, 1), 2], [l.D(0, 1), 2]], (x, l) => (l.Mask & 1) == 0 ? F.l1_loss(x[0], x[1]) : L1Loss().call(x[0], x[1]));
        yield return new("huber module", ["HuberLoss"], l => [[l.D(0, 1), 2], [l.D(0, 1), 2]], (x, _) => HuberLoss(0.503).call(x[0], x[1]));
        yield return new("small modules", ["SiLU", "Sigmoid", "Identity", "Flatten", "Dropout", "dropout"], l => [[l.D(0), 2, 2]], (x, _) =>
            Flatten().call(Identity().call(SiLU().call(x[0]) + Sigmoid().call(x[0]) + F.dropout(x[0], 0.5, training: false) + Dropout(0).call(x[0]))));
    }
}
