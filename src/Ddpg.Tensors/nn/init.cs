namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class init
        {
            public enum FanInOut
            {
                FanIn,
                FanOut,
            }

            public enum NonlinearityType
            {
                Linear,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                if (tensor.ndim < 2) throw new ArgumentException($"Fan-in and fan-out need at least 2 dimensions, and this tensor has the shape {Tensor.Show(tensor.Sizes)}.");
                long field = Shapes.Count(tensor.Sizes.AsSpan(2));
                return (tensor.Sizes[1] * field, tensor.Sizes[0] * field);
            }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                _ => 1,
            };

            public static Tensor constant_(Tensor tensor, Scalar val) => Untracked(() => tensor.fill_(val));

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.ndim != 2) throw new ArgumentException($"eye_ needs a matrix, not shape {Tensor.Show(tensor.Sizes)}.");
                return Untracked(() => tensor.copy_(eye(tensor.Sizes[0], tensor.Sizes[1], tensor.Type)));
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Untracked(() => tensor.uniform_(low, high, generator));

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Untracked(() => tensor.normal_(mean, std, generator));

            /// <summary>Normal numbers, drawn again until they lie between a and b.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                if (a >= b) throw new ArgumentException($"trunc_normal_: a ({a}) must be less than b ({b}).");
                return Untracked(() =>
                {
                    tensor.normal_(mean, std, generator);
                    while (tensor.lt(a).logical_or(tensor.gt(b)) is var outside && outside.any().item<bool>())
                        tensor.copy_(where(outside, empty_like(tensor).normal_(mean, std, generator), tensor));
                    return tensor;
                });
            }

            /// <summary>U(−a, a) with a = gain·√(6/(inputs + outputs)) (Glorot and Bengio 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                double bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            /// <summary>U(−a, a) with a = gain·√(3/fan) (He et al. 2015).</summary>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                double bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>Orthonormal rows or columns, whichever are fewer: the rows of a normal matrix, made orthogonal twice over.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                if (tensor.ndim < 2) throw new ArgumentException($"orthogonal_ needs at least 2 dimensions, not shape {Tensor.Show(tensor.Sizes)}.");
                return Untracked(() =>
                {
                    long rows = tensor.Sizes[0], columns = tensor.Count / Math.Max(1, rows);
                    bool tall = rows > columns;
                    Tensor q = randn([Math.Min(rows, columns), Math.Max(rows, columns)], ScalarType.Float64);
                    for (long i = 0; i < q.Sizes[0]; i++)
                    {
                        Tensor row = q[i];
                        // Twice is enough (Kahan): what rounding leaves after the first pass goes in the second.
                        for (int pass = 0; pass < 2 && i > 0; pass++) row.sub_(row.unsqueeze(0).mm(q.narrow(0, 0, i).t()).mm(q.narrow(0, 0, i)).squeeze(0));
                        row.div_(row.norm());
                    }
                    return tensor.copy_((tall ? q.t() : q).mul(gain).reshape(tensor.Sizes));
                });
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                (long fanIn, long fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Untracked(Func<Tensor> fill)
            {
                bool before = GradMode.Exchange(false);
                try
                {
                    using var scope = NewDisposeScope();
                    return fill();
                }
                finally
                {
                    GradMode.Exchange(before);
                }
            }
        }
    }
}
