namespace TorchSharp;

public static partial class torch
{
    // Reductions over all elements or some dimensions. Each rule stands under its operation.
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => SumOver([], false, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => SumOver(dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => SumOver(dim.ToArray(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => SumOver([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => SumOver([dim0, dim1], keepdim, type);

        private Tensor SumOver(long[] dims, bool keepdim, ScalarType? type)
        {
            ScalarType result = type ?? (Type.IsFloating() ? Type : ScalarType.Int64);
            if (result != Type) return to(result).SumOver(dims, keepdim, null);
            Tensor y = Reduce.Sum(this, dims, keepdim);
            if (!Tracks(this)) return y;
            return y.By(new Node("SumBackward1", static (node, g) =>
                node.Send(0, g.reshape(node.Shape).Expanded(node.InputShape(0))), this)
            { Shape = Reduce.KeptShape(this, dims) });
        }

        public Tensor mean() => MeanOver([], false, null);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => MeanOver(dimensions, keepdim, type);

        private Tensor MeanOver(long[] dims, bool keepdim, ScalarType? type)
        {
            if (!(type ?? Type).IsFloating())
                throw new InvalidOperationException($"mean() needs a floating-point type, and this tensor is {Type}; pass type or convert first.");
            if (type is { } other && other != Type) return to(other).MeanOver(dims, keepdim, null);
            Tensor y = Reduce.Sum(this, dims, keepdim);
            double scale = (double)Math.Max(y.Count, 1) / Count;
            if (Count == 0) y.fill_(double.NaN);
            else Elementwise.InPlace(default(Divide), y, 1 / scale);
            if (!Tracks(this)) return y;
            return y.By(new Node("MeanBackward1", static (node, g) =>
                node.Send(0, g.mul(node.Number1).reshape(node.Shape).Expanded(node.InputShape(0))), this)
            { Shape = Reduce.KeptShape(this, dims), Number1 = scale });
        }

        public Tensor prod(ScalarType? type = null) => flatten().prod(0, false, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null)
        {
            ScalarType result = type ?? (Type.IsFloating() ? Type : ScalarType.Int64);
            if (result != Type) return to(result).prod(dim, keepdim);
            Tensor y = Reduce.Product(this, [dim], keepdim);
            if (!Tracks(this)) return y;
            return y.By(new Node("ProdBackward1", static (node, g) =>
            {
                // The product of the others, from the left and from the right: right where an element is 0 too.
                Tensor x = node.Saved(0).transpose(node.Index, -1);
                long n = x.size(-1);
                Tensor one = x.narrow(-1, 0, Math.Min(n, 1)).ones_like();
                Tensor left = cat([one, x.narrow(-1, 0, Math.Max(n - 1, 0))], -1).cumprod(-1);
                Tensor right = cat([one, x.flip(-1).narrow(-1, 0, Math.Max(n - 1, 0))], -1).cumprod(-1).flip(-1);
                node.Send(0, left.mul(right).transpose(node.Index, -1).mul(g.reshape(node.Shape)));
            }, this)
            { Index = Shapes.Dimension(dim, Sizes.Length), Shape = Reduce.KeptShape(this, [dim]) }.Save(Sizes.Length == 0 ? reshape(1) : this));
        }

        public Tensor cumsum(long dim, ScalarType? type = null)
        {
            ScalarType result = type ?? (Type.IsFloating() ? Type : ScalarType.Int64);
            if (result != Type) return to(result).cumsum(dim);
            Tensor y = Reduce.Running(this, dim, product: false);
            if (!Tracks(this)) return y;
            return y.By(new Node("CumsumBackward0", static (node, g) =>
                node.Send(0, g.flip(node.Index).cumsum(node.Index).flip(node.Index)), this)
            { Index = Shapes.Dimension(dim, Sizes.Length) });
        }

        public Tensor cumprod(long dim, ScalarType? type = null)
        {
            ScalarType result = type ?? (Type.IsFloating() ? Type : ScalarType.Int64);
            if (result != Type) return to(result).cumprod(dim);
            Tensor y = Reduce.Running(this, dim, product: true);
            if (!Tracks(this)) return y;
            return y.By(new Node("CumprodBackward0", static (node, g) =>
            {
                Tensor x = node.Saved(0);
                node.Send(0, g.mul(node.Saved(1)).flip(node.Index).cumsum(node.Index).flip(node.Index).div(x));
            }, this)
            { Index = Shapes.Dimension(dim, Sizes.Length) }.Save(this).SaveResult(y));
        }

        public Tensor var(bool unbiased = true) => VarianceOver([], unbiased, false, null);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => VarianceOver(dimensions, unbiased, keepdim, type);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => VarianceOver(dimensions.ToArray(), unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => VarianceOver([dim], unbiased, keepdim, type);

        public Tensor std(bool unbiased = true) => VarianceOver([], unbiased, false, null).sqrt();

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => VarianceOver(dimensions, unbiased, keepdim, type).sqrt();

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => VarianceOver(dimensions.ToArray(), unbiased, keepdim, type).sqrt();

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => VarianceOver([dim], unbiased, keepdim, type).sqrt();

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => (std(unbiased), mean());

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => (var(unbiased), mean());

        private Tensor VarianceOver(long[] dims, bool unbiased, bool keepdim, ScalarType? type)
        {
            Tensor x = type is { } other ? to(other) : this;
            Tensor difference = x.sub(x.MeanOver(dims, true, null));
            long n = Count / Math.Max(1, Shapes.Count(Reduce.KeptShape(this, dims)));
            return difference.square().SumOver(dims, keepdim, null).div((double)Math.Max(0, unbiased ? n - 1 : n));
        }

        public Tensor norm(float p = 2) => NormOver([], false, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => NormOver([dim], keepdim, p);

        private Tensor NormOver(long[] dims, bool keepdim, float p)
        {
            if (p == 1) return abs().SumOver(dims, keepdim, null);
            if (float.IsPositiveInfinity(p)) return ExtremeOver(abs(), dims, keepdim, largest: true);
            if (p == 0) return ne(0).to(Type).SumOver(dims, keepdim, null);
            if (p != 2) return abs().pow((double)p).SumOver(dims, keepdim, null).pow(1.0 / p);
            Tensor y = Elementwise.UnaryFloat(default(SquareRoot), Elementwise.Binary(default(Multiply), this, this) is var squares ? Reduce.Sum(squares, dims, keepdim) : this);
            if (!Tracks(this)) return y;
            return y.By(new Node("NormBackward0", static (node, g) =>
            {
                Tensor length = node.Saved(1).reshape(node.Shape);
                Tensor unit = torch.where(length.eq(0), length.zeros_like(), node.Saved(0).div(length));
                node.Send(0, unit.mul(g.reshape(node.Shape)));
            }, this)
            { Shape = Reduce.KeptShape(this, dims) }.Save(this).SaveResult(y));
        }

        public Tensor max() => WholeExtreme(largest: true);

        public Tensor min() => WholeExtreme(largest: false);

        private Tensor WholeExtreme(bool largest)
        {
            if (numel() == 0) throw new InvalidOperationException("max() and min() of an empty tensor have no meaning.");
            return ExtremeOver(this, [], false, largest);
        }

        public Tensor amax(params long[] dims) => ExtremeOver(this, dims, false, largest: true);

        public Tensor amin(params long[] dims) => ExtremeOver(this, dims, false, largest: false);

        // Equal largest elements share the gradient, as in PyTorch's amax and max over everything.
        private static Tensor ExtremeOver(Tensor x, long[] dims, bool keepdim, bool largest)
        {
            Tensor y = Reduce.Extreme(x, dims, keepdim, largest);
            if (!Tracks(x)) return y;
            return y.By(new Node("AmaxBackward0", static (node, g) =>
            {
                Tensor hits = node.Saved(0).eq(node.Saved(1).reshape(node.Shape)).to(g.Type);
                Tensor count = hits.sum([.. Enumerable.Range(0, node.Shape.Length).Where(i => node.Shape[i] != hits.Sizes[i]).Select(i => (long)i).DefaultIfEmpty(0)], true);
                node.Send(0, hits.div(count.reshape(node.Shape)).mul(g.reshape(node.Shape)));
            }, x)
            { Shape = Reduce.KeptShape(x, dims) }.Save(x).SaveResult(y));
        }

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => ExtremeAlong(dim, keepdim, largest: true);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => ExtremeAlong(dim, keepdim, largest: false);

        private (Tensor, Tensor) ExtremeAlong(long dim, bool keepdim, bool largest)
        {
            if (LiveSizes.Length == 0) return (clone(), zeros([], ScalarType.Int64));
            Tensor at = Reduce.Position(this, dim, keepdim: true, largest);
            Tensor values = gather(dim, at);
            return keepdim ? (values, at) : (values.squeeze(dim), at.squeeze(dim));
        }

        public Tensor argmax() => Reduce.Position(flatten(), 0, false, largest: true);

        public Tensor argmax(long dim, bool keepdim = false) => Reduce.Position(LiveSizes.Length == 0 ? reshape(1) : this, dim, keepdim, largest: true);

        public Tensor argmin() => Reduce.Position(flatten(), 0, false, largest: false);

        public Tensor argmin(long dim, bool keepdim = false) => Reduce.Position(LiveSizes.Length == 0 ? reshape(1) : this, dim, keepdim, largest: false);

        public Tensor all() => Truth().As(ScalarType.Byte) is var bits && Count == 0 ? ones([], ScalarType.Bool) : Reduce.Extreme(Truth().As(ScalarType.Byte), [], false, largest: false).As(ScalarType.Bool);

        public Tensor all(long dim, bool keepdim = false) => logical_not().As(ScalarType.Int64).sum(dim, keepdim).eq(0);

        public Tensor any() => Truth().As(ScalarType.Int64).sum().ne(0);

        public Tensor any(long dim, bool keepdim = false) => Truth().As(ScalarType.Int64).sum(dim, keepdim).ne(0);

        public Tensor count_nonzero(long[]? dims = null) => Truth().As(ScalarType.Int64).sum(dims ?? []);

        public Tensor logsumexp(long dim, bool keepdim = false)
        {
            Tensor top = Reduce.Extreme(detach(), [dim], true, largest: true);
            top = torch.where(top.isfinite(), top, top.zeros_like());
            Tensor y = sub(top).exp().sum(dim, keepdim: true).log().add(top);
            return keepdim ? y : y.squeeze(dim);
        }

        public Tensor softmax(long dim, ScalarType? dtype = null) => log_softmax(dim, dtype).exp();

        public Tensor log_softmax(long dim, ScalarType? dtype = null)
        {
            Tensor x = dtype is { } type ? to(type) : this;
            return Count == 0 ? x.clone() : x.sub(x.logsumexp(dim, keepdim: true));
        }

        public Tensor dot(Tensor target)
        {
            if (LiveSizes.Length != 1 || target.LiveSizes.Length != 1 || Count != target.Count)
                throw new ArgumentException($"dot needs two vectors of one length, not {Show(Sizes)} and {Show(target.Sizes)}.");
            return matmul(target);
        }

        public Tensor median()
        {
            if (numel() == 0) return full([], double.NaN, Type);
            return flatten().sort().Values.select(0, (Count - 1) / 2);
        }

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            if (LiveSizes.Length == 0) return (clone(), zeros([], ScalarType.Int64));
            Tensor order = Reduce.Order(this, dim, descending);
            return (gather(dim, order), order);
        }

        public Tensor argsort(long dim = -1, bool descending = false) => sort(dim, descending).Indices;

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            (Tensor values, Tensor order) = sort(dim, descending: largest);
            return (values.narrow(dim, 0, k), order.narrow(dim, 0, k));
        }
    }
}
