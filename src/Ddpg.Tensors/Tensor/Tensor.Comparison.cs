using System.Numerics;

namespace TorchSharp;

public static partial class torch
{
    // Comparisons and truth values: results of type Bool, with no gradient.
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Comparison.Run(default(Comparison.Equal), this, target);
        public Tensor ne(Tensor target) => Comparison.Run(default(Comparison.NotEqual), this, target);
        public Tensor lt(Tensor target) => Comparison.Run(default(Comparison.Less), this, target);
        public Tensor le(Tensor target) => Comparison.Run(default(Comparison.LessOrEqual), this, target);
        public Tensor gt(Tensor target) => Comparison.Run(default(Comparison.Less), target, this);
        public Tensor ge(Tensor target) => Comparison.Run(default(Comparison.LessOrEqual), target, this);
        public Tensor eq(Scalar target) => eq(Wrap(target));
        public Tensor ne(Scalar target) => ne(Wrap(target));
        public Tensor lt(Scalar target) => lt(Wrap(target));
        public Tensor le(Scalar target) => le(Wrap(target));
        public Tensor gt(Scalar target) => gt(Wrap(target));
        public Tensor ge(Scalar target) => ge(Wrap(target));
        public Tensor not_equal(Tensor target) => ne(target);
        public Tensor less(Tensor target) => lt(target);
        public Tensor less_equal(Tensor target) => le(target);

        /// <summary>Elementwise, as in TorchSharp; for one answer use Equals.</summary>
        public Tensor equal(Tensor target) => eq(target);

        public Tensor isnan() => ne(this);
        public Tensor isfinite() => Type.IsFloating() ? abs().lt(double.PositiveInfinity) : ones_like(ScalarType.Bool);
        public Tensor isneginf() => eq(double.NegativeInfinity);

        public Tensor isclose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool nanEqual = false)
        {
            bool before = GradMode.Exchange(false);
            try
            {
                Tensor a = As(ScalarType.Float64), b = other.As(ScalarType.Float64);
                Tensor close = a.eq(b).logical_or(a.sub(b).abs().le(b.abs().mul(rtol).add(atol)).logical_and(b.isfinite()));
                return nanEqual ? close.logical_or(a.isnan().logical_and(b.isnan())) : close;
            }
            finally
            {
                GradMode.Exchange(before);
            }
        }

        public bool allclose(Tensor target, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false)
        {
            using var scope = NewDisposeScope();
            return isclose(target, rtol, atol, equal_nan).all().item<bool>();
        }

        public Tensor logical_not() => eq(0);
        public Tensor logical_and(Tensor other) => Elementwise.Binary(default(Multiply), Truth(), other.Truth(), ScalarType.Bool);
        public Tensor logical_or(Tensor other) => Elementwise.Binary(default(Greater), Truth(), other.Truth(), ScalarType.Bool);
        public Tensor logical_xor(Tensor other) => Truth().ne(other.Truth());

        private Tensor Truth() => Type == ScalarType.Bool ? this : As(ScalarType.Bool);

        /// <summary>A scalar as a tensor without dimensions, in this tensor's type where that can hold it.</summary>
        private Tensor Wrap(Scalar scalar) => full([], scalar, Shapes.ResultType(this, scalar));
    }

    private static class Comparison
    {
        internal interface IComparison
        {
            bool Test<T>(T a, T b) where T : INumber<T>;
        }

        internal readonly struct Equal : IComparison { public bool Test<T>(T a, T b) where T : INumber<T> => a == b; }

        internal readonly struct NotEqual : IComparison { public bool Test<T>(T a, T b) where T : INumber<T> => a != b; }

        internal readonly struct Less : IComparison { public bool Test<T>(T a, T b) where T : INumber<T> => a < b; }

        internal readonly struct LessOrEqual : IComparison { public bool Test<T>(T a, T b) where T : INumber<T> => a <= b; }

        internal static Tensor Run<TOp>(TOp op, Tensor a, Tensor b) where TOp : struct, IComparison
        {
            ScalarType compute = Elementwise.ComputeType(Shapes.ResultType(a, b));
            Tensor left = a.As(compute), right = b.As(compute);
            var y = new Tensor(Shapes.Broadcast(a.Sizes, b.Sizes), ScalarType.Bool);
            switch (compute)
            {
                case ScalarType.Float32: Walk<TOp, float>(op, left, right, y); break;
                case ScalarType.Float64: Walk<TOp, double>(op, left, right, y); break;
                default: Walk<TOp, long>(op, left, right, y); break;
            }
            GC.KeepAlive(left);
            GC.KeepAlive(right);
            return y;
        }

        private static unsafe void Walk<TOp, T>(TOp op, Tensor a, Tensor b, Tensor y) where TOp : struct, IComparison where T : unmanaged, INumber<T>
        {
            var walk = new StridedWalk(y.Sizes, y.Steps, Shapes.BroadcastSteps(a.Sizes, a.Steps, y.Sizes), Shapes.BroadcastSteps(b.Sizes, b.Steps, y.Sizes));
            T* left = a.Pointer<T>(), right = b.Pointer<T>();
            bool* to = y.Pointer<bool>();
            while (walk.Next())
            {
                for (long i = 0; i < walk.InnerCount; i++)
                    to[walk.First + (i * walk.InnerFirst)] = op.Test(left[walk.Second + (i * walk.InnerSecond)], right[walk.Third + (i * walk.InnerThird)]);
            }
        }
    }
}
