namespace TorchSharp;

public static partial class torch
{
    // Functions of one tensor, element by element. Each rule stands under its operation.
    public partial class Tensor
    {
        public Tensor neg()
        {
            Tensor y = Elementwise.Unary(default(Negate), this);
            return !Tracks(this) ? y : y.By(new Node("NegBackward0", static (node, g) => node.Send(0, g.neg()), this));
        }

        public Tensor negative() => neg();

        public Tensor positive() => this;

        public Tensor abs()
        {
            Tensor y = Elementwise.Unary(default(Absolute), this);
            return !Tracks(this) ? y : y.By(new Node("AbsBackward0", static (node, g) => node.Send(0, g.mul(node.Saved(0).sign())), this).Save(this));
        }

        public Tensor absolute() => abs();

        public Tensor square() => pow(2);

        public Tensor sqrt()
        {
            Tensor y = Elementwise.UnaryFloat(default(SquareRoot), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("SqrtBackward0", static (node, g) => node.Send(0, g.div(node.Saved(0).mul(2))), this).SaveResult(y));
        }

        public Tensor rsqrt() => sqrt().reciprocal();

        public Tensor reciprocal()
        {
            Tensor y = Elementwise.UnaryFloat(default(Reciprocal), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("ReciprocalBackward0", static (node, g) => node.Send(0, g.neg().mul(node.Saved(0).mul(node.Saved(0)))), this).SaveResult(y));
        }

        public Tensor exp()
        {
            Tensor y = Elementwise.UnaryFloat(default(Exponential), this);
            return !Tracks(this) ? y : y.By(new Node("ExpBackward0", static (node, g) => node.Send(0, g.mul(node.Saved(0))), this).SaveResult(y));
        }

        public unsafe Tensor expm1()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Expm1), this);
            return !Tracks(this) ? y : y.By(new Node("Expm1Backward0", static (node, g) => node.Send(0, g.mul(node.Saved(0).add(1))), this).SaveResult(y));
        }

        public Tensor log()
        {
            Tensor y = Elementwise.UnaryFloat(default(Logarithm), this);
            return !Tracks(this) ? y : y.By(new Node("LogBackward0", static (node, g) => node.Send(0, g.div(node.Saved(0))), this).Save(this));
        }

        public unsafe Tensor log1p()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Log1p), this);
            return !Tracks(this) ? y : y.By(new Node("Log1pBackward0", static (node, g) => node.Send(0, g.div(node.Saved(0).add(1))), this).Save(this));
        }

        public unsafe Tensor log2()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Log2), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("Log2Backward0", static (node, g) => node.Send(0, g.div(node.Saved(0).mul(0.69314718055994531))), this).Save(this));
        }

        public unsafe Tensor log10()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Log10), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("Log10Backward0", static (node, g) => node.Send(0, g.div(node.Saved(0).mul(2.3025850929940457))), this).Save(this));
        }

        public unsafe Tensor sin()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Sin), this);
            return !Tracks(this) ? y : y.By(new Node("SinBackward0", static (node, g) => node.Send(0, g.mul(node.Saved(0).cos())), this).Save(this));
        }

        public unsafe Tensor cos()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Cos), this);
            return !Tracks(this) ? y : y.By(new Node("CosBackward0", static (node, g) => node.Send(0, g.neg().mul(node.Saved(0).sin())), this).Save(this));
        }

        public unsafe Tensor erf()
        {
            Tensor y = Elementwise.UnaryFloat(new Mapped(&DoubleMath.Erf), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("ErfBackward0", static (node, g) =>
                node.Send(0, g.mul(node.Saved(0).square().neg().exp().mul(1.1283791670955126))), this).Save(this));
        }

        public Tensor tanh()
        {
            Tensor y = Elementwise.UnaryFloat(default(HyperbolicTangent), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("TanhBackward0", static (node, g) => node.Send(0, Slope(default(TanhSlope), g, node.Saved(0),
                static (g, y) => g.mul(y.square().neg().add(1)))), this).SaveResult(y));
        }

        public Tensor sigmoid()
        {
            Tensor y = Elementwise.UnaryFloat(default(Logistic), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("SigmoidBackward0", static (node, g) => node.Send(0, Slope(default(LogisticSlope), g, node.Saved(0),
                static (g, y) => g.mul(y.mul(y.ReverseSub(1))))), this).SaveResult(y));
        }

        public Tensor relu()
        {
            Tensor y = Elementwise.Unary(default(Rectify), this);
            if (!Tracks(this)) return y;
            return y.By(ReluNode(this).SaveResult(y));
        }

        private static Node ReluNode(Tensor x) => new("ReluBackward0", static (node, g) => node.Send(0,
            Slope(default(PassPositive), g, node.Saved(0), static (g, y) => g.mul(y.le(0).logical_not()))), x);

        /// <summary>
        /// The fused backward formula; the recorded one where the gradient itself is being differentiated. A gradient that nobody else holds
        /// gives its buffer to the result: it is in the cache, and a new one would not be.
        /// </summary>
        private static Tensor Slope<TOp>(TOp op, Tensor g, Tensor saved, Func<Tensor, Tensor, Tensor> recorded) where TOp : struct, IBinary
        {
            if (GradMode.Enabled) return recorded(g, saved);
            bool own = g.IsDense && !g.Live.IsShared && g.Type == saved.Type && g.Type.IsFloating() && g.Sizes.AsSpan().SequenceEqual(saved.Sizes);
            if (!own) return Elementwise.Binary(op, g, saved);
            Elementwise.BinaryInto(op, g, saved, g);
            return g;
        }

        public Tensor leaky_relu(Scalar negative_slope)
        {
            Tensor y = Elementwise.Unary(new LeakyRectify(negative_slope.Value), this);
            if (!Tracks(this)) return y;
            return y.By(new Node("LeakyReluBackward0", static (node, g) =>
                node.Send(0, torch.where(node.Saved(0).lt(0), g.mul(node.Number1), g)), this)
            { Number1 = negative_slope.Value }.Save(this));
        }

        /// <summary>x where x is positive, and alpha·(eˣ − 1) below.</summary>
        public Tensor elu(double alpha = 1) => torch.where(gt(0), this, clamp(max: 0.0).expm1().mul(alpha));

        public Tensor silu() => mul(sigmoid());

        public Tensor gelu() => mul(mul(0.70710678118654752).erf().add(1)).mul(0.5);

        /// <summary>log(1 + e^(beta·x)) / beta; x itself where beta·x passes the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20)
        {
            Tensor z = mul(beta);
            return torch.where(z.gt(threshold), this, z.clamp(max: threshold).exp().log1p().div(beta));
        }

        public Tensor log_sigmoid() => clamp(max: 0.0).sub(abs().neg().exp().log1p());

        // Rounding and sign have slope 0.
        public Tensor sign() => Flat(Elementwise.Unary(default(Sign), this));

        public Tensor sgn() => sign();

        public Tensor floor() => Flat(Elementwise.Unary(default(RoundDown), this));

        public Tensor ceil() => Flat(Elementwise.Unary(default(RoundUp), this));

        public Tensor trunc() => Flat(Elementwise.Unary(default(Truncate), this));

        public Tensor round(long decimals = 0)
        {
            if (decimals == 0) return Flat(Elementwise.Unary(default(RoundEven), this));
            double scale = DoubleMath.Pow(10, decimals);
            return mul(scale).round().div(scale);
        }

        private Tensor Flat(Tensor y) => !Tracks(this) ? y : y.By(new Node("ZeroBackward", static (node, g) => node.Send(0, g.zeros_like()), this));

        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            if (min is null && max is null) throw new ArgumentException("clamp: at least one of min and max must be given.");
            double low = min?.Value ?? double.NegativeInfinity, high = max?.Value ?? double.PositiveInfinity;
            ScalarType type = Type;
            if (min is not null) type = Shapes.Promote(type, Shapes.ResultType(this, min));
            if (max is not null) type = Shapes.Promote(type, Shapes.ResultType(this, max));
            Tensor y = Elementwise.Unary(new Clamp(low, high), this, type);
            if (!Tracks(this)) return y;
            return y.By(new Node("ClampBackward1", static (node, g) =>
            {
                var (low, high) = ((double, double))node.Extra!;
                node.Send(0, GradMode.Enabled
                    ? g.mul(node.Saved(0).ge(low).logical_and(node.Saved(0).le(high)))
                    : Elementwise.Binary(new PassWithin(low, high), g, node.Saved(0)));
            }, this)
            { Extra = (low, high) }.Save(this));
        }

        public Tensor clamp(Tensor? min = null, Tensor? max = null)
        {
            if (min is null && max is null) throw new ArgumentException("clamp: at least one of min and max must be given.");
            Tensor y = min is null ? this : maximum(min);
            return max is null ? y : y.minimum(max);
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => clamp(min: min);

        public Tensor clamp_max(Scalar max) => clamp(max: max);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null)
        {
            double largest = Type == ScalarType.Float64 ? double.MaxValue : float.MaxValue;
            Tensor y = torch.where(isnan(), full_like(nan), this);
            y = torch.where(eq(double.PositiveInfinity), full_like(posinf ?? largest), y);
            return torch.where(eq(double.NegativeInfinity), full_like(neginf ?? -largest), y);
        }
    }
}
