namespace TorchSharp;

public static partial class torch
{
    // + − × ÷ and their relatives: two inputs, broadcast. Each rule stands under its operation; Send sums over broadcast dimensions.
    public partial class Tensor
    {
        private static bool Tracks(Tensor a) => a.RequiresGradient && GradMode.Enabled;

        private static bool Tracks(Tensor a, Tensor b) => (a.RequiresGradient || b.RequiresGradient) && GradMode.Enabled;

        private Tensor By(Node node)
        {
            if (Type.IsFloating()) GradFn = node;
            return this;
        }

        public Tensor add(Tensor target) => add(target, 1.0);

        public Tensor add(Tensor target, Scalar alpha)
        {
            Tensor y = alpha.Value == 1
                ? Elementwise.Binary(default(Add), this, target)
                : Elementwise.Binary(new AddScaled(alpha.Value), this, target);
            if (!Tracks(this, target)) return y;
            return y.By(new Node("AddBackward0", static (node, g) =>
            {
                node.Send(0, g);
                if (node.Needs(1)) node.Send(1, node.Number1 == 1 ? g : g.mul(node.Number1));
            }, this, target)
            { Number1 = alpha.Value });
        }

        public Tensor add(Scalar scalar)
        {
            Tensor y = Elementwise.Binary(default(Add), this, scalar);
            return !Tracks(this) ? y : y.By(new Node("AddBackward0", static (node, g) => node.Send(0, g), this));
        }

        public Tensor add(Scalar scalar, Scalar alpha) => add((Scalar)(scalar.Value * alpha.Value));

        public Tensor sub(Tensor target)
        {
            Tensor y = Elementwise.Binary(default(Subtract), this, target);
            if (!Tracks(this, target)) return y;
            return y.By(new Node("SubBackward0", static (node, g) =>
            {
                node.Send(0, g);
                if (node.Needs(1)) node.Send(1, g.neg());
            }, this, target));
        }

        public Tensor sub(Scalar target)
        {
            Tensor y = Elementwise.Binary(default(Subtract), this, target);
            return !Tracks(this) ? y : y.By(new Node("SubBackward0", static (node, g) => node.Send(0, g), this));
        }

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        /// <summary>scalar − this.</summary>
        internal Tensor ReverseSub(Scalar scalar)
        {
            Tensor y = Elementwise.Binary(default(Subtract), this, scalar, scalarFirst: true);
            return !Tracks(this) ? y : y.By(new Node("RsubBackward1", static (node, g) => node.Send(0, g.neg()), this));
        }

        public Tensor mul(Tensor target)
        {
            Tensor y = Elementwise.Binary(default(Multiply), this, target);
            if (!Tracks(this, target)) return y;
            return y.By(new Node("MulBackward0", static (node, g) =>
            {
                if (node.Needs(0)) node.Send(0, g.mul(node.Saved(1)));
                if (node.Needs(1)) node.Send(1, g.mul(node.Saved(0)));
            }, this, target).Save(target.RequiresGradient ? this : null).Save(RequiresGradient ? target : null));
        }

        public Tensor mul(Scalar target)
        {
            Tensor y = Elementwise.Binary(default(Multiply), this, target);
            if (!Tracks(this)) return y;
            return y.By(new Node("MulBackward0", static (node, g) => node.Send(0, g.mul(node.Number1)), this) { Number1 = target.Value });
        }

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            ScalarType type = Shapes.ResultType(this, target);
            if (rounding_mode != RoundingMode.None) return Rounded(rounding_mode, target, type);
            Tensor y = Elementwise.Binary(default(Divide), this, target, type.IsFloating() ? type : get_default_dtype());
            if (!Tracks(this, target)) return y;
            return y.By(new Node("DivBackward0", static (node, g) =>
            {
                Tensor b = node.Saved(1);
                if (node.Needs(0)) node.Send(0, g.div(b));
                if (node.Needs(1)) node.Send(1, g.mul(node.Saved(0)).div(b.mul(b)).neg());
            }, this, target).Save(target.RequiresGradient ? this : null).Save(target));
        }

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            ScalarType type = Shapes.ResultType(this, target);
            if (rounding_mode != RoundingMode.None) return Rounded(rounding_mode, full([], target, type), type);
            Tensor y = Elementwise.Binary(default(Divide), this, target, type: type.IsFloating() ? type : get_default_dtype());
            if (!Tracks(this)) return y;
            return y.By(new Node("DivBackward0", static (node, g) => node.Send(0, g.div(node.Number1)), this) { Number1 = target.Value });
        }

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide(Scalar other) => div(other);

        public Tensor floor_divide(Tensor other) => div(other, RoundingMode.floor);

        public Tensor floor_divide(Scalar other) => div(other, RoundingMode.floor);

        /// <summary>scalar ÷ this.</summary>
        internal Tensor ReverseDiv(Scalar scalar) => reciprocal().mul(scalar);

        // Rounding has slope 0 everywhere, so nothing is recorded.
        private Tensor Rounded(RoundingMode mode, Tensor target, ScalarType type) => mode == RoundingMode.floor
            ? Elementwise.Binary(default(FloorDivide), this, target, type)
            : type.IsFloating()
                ? Elementwise.Binary(default(TruncatingDivide), this, target, type)
                : Elementwise.Binary(default(TruncatingDivide), this, target, ScalarType.Float64).As(type);

        public Tensor remainder(Tensor target)
        {
            Tensor y = Elementwise.Binary(default(Remainder), this, target);
            if (!Tracks(this, target)) return y;
            return y.By(new Node("RemainderBackward0", static (node, g) =>
            {
                node.Send(0, g);
                if (node.Needs(1)) node.Send(1, g.mul(node.Saved(0).div(node.Saved(1), RoundingMode.floor)).neg());
            }, this, target).Save(this).Save(target));
        }

        public Tensor remainder(Scalar scalar)
        {
            Tensor y = Elementwise.Binary(default(Remainder), this, scalar);
            return !Tracks(this) ? y : y.By(new Node("RemainderBackward0", static (node, g) => node.Send(0, g), this));
        }

        public Tensor pow(Tensor exponent)
        {
            Tensor y = Elementwise.Binary(default(Power), this, exponent);
            if (!Tracks(this, exponent)) return y;
            return y.By(new Node("PowBackward1", static (node, g) =>
            {
                Tensor x = node.Saved(0), e = node.Saved(1);
                if (node.Needs(0)) node.Send(0, torch.where(e.eq(0), g.zeros_like(), g.mul(e.mul(x.pow(e.sub(1))))));
                if (node.Needs(1)) node.Send(1, torch.where(x.eq(0).logical_and(e.ge(0)), g.zeros_like(), g.mul(node.Saved(2).mul(x.log()))));
            }, this, exponent).Save(this).Save(exponent).SaveResult(y));
        }

        public Tensor pow(Scalar exponent)
        {
            ScalarType type = Shapes.ResultType(this, exponent);
            if (!type.IsFloating() && exponent.Value < 0)
                throw new ArgumentException($"Whole numbers cannot be raised to the negative whole power {exponent.Whole}; convert to a floating-point type first.");
            Tensor y = type.IsFloating() ? Elementwise.Unary(new RaiseTo(exponent.Value), this, type) : Elementwise.Binary(default(Power), this, exponent);
            if (!Tracks(this)) return y;
            return y.By(new Node("PowBackward0", static (node, g) =>
            {
                double e = node.Number1;
                node.Send(0, e == 0 ? g.zeros_like() : g.mul(node.Saved(0).pow(e - 1).mul(e)));
            }, this)
            { Number1 = exponent.Value }.Save(this));
        }

        public Tensor maximum(Tensor other) => Extreme(other, Elementwise.Binary(default(Greater), this, other), "MaximumBackward0");

        public Tensor minimum(Tensor other) => Extreme(other, Elementwise.Binary(default(Lesser), this, other), "MinimumBackward0");

        public Tensor max(Tensor other) => maximum(other);

        public Tensor min(Tensor other) => minimum(other);

        // Where both are equal, each gets half.
        private Tensor Extreme(Tensor other, Tensor y, string name)
        {
            if (!Tracks(this, other)) return y;
            return y.By(new Node(name, static (node, g) =>
            {
                Tensor a = node.Saved(0), b = node.Saved(1), result = node.Saved(2);
                Tensor half = torch.where(a.eq(b), g.mul(0.5), g), none = g.zeros_like();
                if (node.Needs(0)) node.Send(0, torch.where(a.eq(result), half, none));
                if (node.Needs(1)) node.Send(1, torch.where(b.eq(result), half, none));
            }, this, other).Save(this).Save(other).SaveResult(y));
        }

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => add(tensor1.mul(tensor2), value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => add(tensor1.div(tensor2), value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => add(tensor1.div(tensor2));

        public Tensor lerp(Tensor end, Tensor weight)
        {
            RequireSameType(end, nameof(lerp));
            RequireSameType(weight, nameof(lerp));
            return add(weight.mul(end.sub(this)));
        }

        private void RequireSameType(Tensor other, string operation)
        {
            if (other.Type != Type) throw new InvalidOperationException($"{operation} expects one element type, and got {Type} and {other.Type}.");
        }
    }

    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }
}
