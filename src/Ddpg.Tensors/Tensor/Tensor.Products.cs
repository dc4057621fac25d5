namespace TorchSharp;

public static partial class torch
{
    // Matrix products. Float32 runs on the packed kernels; other types on plain loops.
    public partial class Tensor
    {
        public Tensor mm(Tensor target)
        {
            if (LiveSizes.Length != 2 || target.LiveSizes.Length != 2) throw new ArgumentException($"mm needs two matrices, not {Show(Sizes)} and {Show(target.Sizes)}.");
            return Product(this, target);
        }

        public Tensor mv(Tensor target)
        {
            if (LiveSizes.Length != 2 || target.LiveSizes.Length != 1) throw new ArgumentException($"mv needs a matrix and a vector, not {Show(Sizes)} and {Show(target.Sizes)}.");
            return Product(this, target.unsqueeze(1)).squeeze(1);
        }

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => mul(beta).add(mat1.mm(mat2), alpha);

        public Tensor outer(Tensor vec2) => unsqueeze(1).mul(vec2.unsqueeze(0));

        public Tensor bmm(Tensor batch2)
        {
            if (LiveSizes.Length != 3 || batch2.LiveSizes.Length != 3 || Sizes[0] != batch2.Sizes[0])
                throw new ArgumentException($"bmm needs (b, n, m) and (b, m, p), not {Show(Sizes)} and {Show(batch2.Sizes)}.");
            return matmul(batch2);
        }

        public Tensor matmul(Tensor target)
        {
            int a = LiveSizes.Length, b = target.LiveSizes.Length;
            if (a == 0 || b == 0) throw new ArgumentException("matmul needs at least one dimension on both sides; use * for scalars.");
            if (a == 1 && b == 1) return Product(unsqueeze(0), target.unsqueeze(1)).reshape();
            if (a == 1) return unsqueeze(0).matmul(target).squeeze(-2);
            if (b == 1) return matmul(target.unsqueeze(1)).squeeze(-1);
            if (a == 2 && b == 2) return Product(this, target);
            if (b == 2) return Product(reshape(Shapes.Count(Sizes.AsSpan(0, Sizes.Length - 1)), Sizes[^1]), target).reshape([.. Sizes[..^1], target.Sizes[^1]]);
            long[] batch = Shapes.Broadcast(Sizes[..^2], target.Sizes[..^2]);
            Tensor left = Expanded([.. batch, .. Sizes[^2..]]).reshape([Shapes.Count(batch), .. Sizes[^2..]]);
            Tensor right = target.Expanded([.. batch, .. target.Sizes[^2..]]).reshape([Shapes.Count(batch), .. target.Sizes[^2..]]);
            if (left.Sizes[0] == 0) return zeros([.. batch, Sizes[^2], target.Sizes[^1]], Type);
            Tensor[] products = [.. Enumerable.Range(0, (int)left.Sizes[0]).Select(i => Product(left.select(0, i), right.select(0, i)))];
            return stack(products).reshape([.. batch, Sizes[^2], target.Sizes[^1]]);
        }

        private static Tensor Product(Tensor a, Tensor b)
        {
            if (a.Sizes[1] != b.Sizes[0]) throw new ArgumentException($"Shapes {Show(a.Sizes)} and {Show(b.Sizes)} cannot be multiplied: {a.Sizes[1]} columns meet {b.Sizes[0]} rows.");
            a.RequireSameType(b, "A matrix product");
            Tensor y = Products.Multiply(a, b);
            if (!Tracks(a, b)) return y;
            return y.By(new Node("MmBackward0", static (node, g) =>
            {
                if (node.Needs(0)) node.Send(0, g.mm(node.Saved(1).t()));
                if (node.Needs(1)) node.Send(1, node.Saved(0).t().mm(g));
            }, a, b).Save(b.RequiresGradient ? a : null).Save(a.RequiresGradient ? b : null));
        }

        /// <summary>x·Wᵀ + b: the bias is added in the product's last step, and W stays packed while it is not written to.</summary>
        internal Tensor Linear(Tensor weight, Tensor? bias)
        {
            if (LiveSizes.Length == 0 || weight.LiveSizes.Length != 2 || Sizes[^1] != weight.Sizes[1])
            {
                throw new ArgumentException($"linear: an input of shape {Show(Sizes)} does not fit weights of shape {Show(weight.Sizes)}; " +
                    $"its last dimension must be {(weight.Sizes.Length == 2 ? weight.Sizes[1] : 0)}.");
            }
            RequireSameType(weight, "linear");
            if (Sizes.Length != 2)
            {
                Tensor flat = reshape(Shapes.Count(Sizes.AsSpan(0, Sizes.Length - 1)), Sizes[^1]).Linear(weight, bias);
                return flat.reshape([.. Sizes[..^1], weight.Sizes[0]]);
            }
            Tensor y = Products.Linear(this, weight, bias);
            bool tracked = Tracks(this, weight) || (bias is not null && Tracks(bias));
            if (!tracked) return y;
            return y.By(new Node("AddmmBackward0", static (node, g) =>
            {
                if (node.Needs(0)) node.Send(0, GradMode.Enabled ? g.mm(node.Saved(1)) : Products.Multiply(g, node.Saved(1)));
                if (node.Needs(1)) node.Send(1, g.t().mm(node.Saved(0)));
                if (node.Needs(2)) node.Send(2, g.SumOver([0], false, null));
            }, this, weight, bias).Save(weight.RequiresGradient ? this : null).Save(RequiresGradient ? weight : null));
        }
    }
}
