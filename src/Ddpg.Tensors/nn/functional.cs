namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();

            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? x.sigmoid_() : x.sigmoid();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.copy_(input.leaky_relu(negative_slope)) : input.leaky_relu(negative_slope);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? x.copy_(x.elu(alpha)) : x.elu(alpha);

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? x.copy_(x.silu()) : x.silu();

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => input.Linear(weights, bias);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (p is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
                if (!training || p == 0) return inplace ? input : input.alias();
                Tensor mask = p == 1 ? zeros_like(input) : empty_like(input).bernoulli_(1 - p).div_(1 - p);
                return inplace ? input.mul_(mask) : input.mul(mask);
            }

            /// <summary>(x − mean)/√(variance + eps) over the last dimensions, times weight, plus bias.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                int n = normalized_shape.Length;
                if (n == 0 || input.ndim < n || !input.Sizes.AsSpan(^n..).SequenceEqual(normalized_shape))
                    throw new ArgumentException($"layer_norm: an input of shape {Tensor.Show(input.Sizes)} does not end in {Tensor.Show(normalized_shape)}.");
                long[] dims = [.. Enumerable.Range(1, n).Select(i => (long)-i)];
                Tensor centred = input.sub(input.mean(dims, keepdim: true));
                Tensor y = centred.div(centred.square().mean(dims, keepdim: true).add(eps).sqrt());
                if (weight is not null) y = y.mul(weight);
                return bias is null ? y : y.add(bias);
            }

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Reduced(input.sub(target).square(), reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Reduced(input.sub(target).abs(), reduction);

            /// <summary>Half the square over beta up to an error of beta, and the error less half of beta beyond.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
            {
                if (beta < 0) throw new ArgumentOutOfRangeException(nameof(beta), beta, "beta is 0 or more.");
                if (beta == 0) return l1_loss(input, target, reduction);
                Tensor difference = input.sub(target), error = difference.abs();
                return Reduced(where(error.lt(beta), difference.square().mul(0.5 / beta), error.sub(0.5 * beta)), reduction);
            }

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
            {
                if (delta <= 0) throw new ArgumentOutOfRangeException(nameof(delta), delta, "delta is positive.");
                Tensor difference = input.sub(target), error = difference.abs();
                return Reduced(where(error.le(delta), difference.square().mul(0.5), error.sub(0.5 * delta).mul(delta)), reduction);
            }

            private static Tensor Reduced(Tensor values, Reduction reduction) => reduction switch
            {
                Reduction.Mean => values.mean(),
                Reduction.Sum => values.sum(),
                _ => values,
            };
        }
    }
}
