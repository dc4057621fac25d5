using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Adam's step over four dense arrays in one pass.</summary>
internal readonly unsafe struct AdamRule(
    double beta1, double beta2, double stepSize, double rootScale, double eps, double weightDecay, bool maximize, bool sweep)
{
    [ThreadStatic] private static Job? _spare;

    internal double StepSize => stepSize;
    internal double RootScale => rootScale;

    internal static bool Fits(Tensor parameter, Tensor gradient, Tensor mean, Tensor square) =>
        parameter.IsDense && gradient.IsDense && mean.IsDense && square.IsDense && parameter.Type is ScalarType.Float32 or ScalarType.Float64
        && gradient.Type == parameter.Type && mean.Type == parameter.Type && square.Type == parameter.Type;

    internal void Run(Tensor parameter, Tensor gradient, Tensor mean, Tensor square)
    {
        if (parameter.Type == ScalarType.Float32)
        {
            Job job = _spare ?? new Job();
            _spare = null;
            job.Set(this, parameter.Pointer<float>(), gradient.Pointer<float>(), mean.Pointer<float>(), square.Pointer<float>(), parameter.Count);
            Workers.Run(job, job.Parts, 70 * parameter.Count);
            _spare = job;
        }
        else
        {
            Pass<D1, D1, double>(parameter.Pointer<double>(), gradient.Pointer<double>(), mean.Pointer<double>(), square.Pointer<double>(), parameter.Count);
        }
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(mean);
        GC.KeepAlive(square);
    }

    private sealed class Job : ParallelWork
    {
        private const long PerPart = 8192;

        private AdamRule _rule;
        private float* _p, _g, _m, _v;
        private long _count;

        internal int Parts => (int)((_count + PerPart - 1) / PerPart);

        internal void Set(AdamRule rule, float* p, float* g, float* m, float* v, long count)
        {
            _rule = rule;
            _p = p;
            _g = g;
            _m = m;
            _v = v;
            _count = count;
        }

        internal override void Execute(int part)
        {
            long first = part * PerPart, count = Math.Min(PerPart, _count - first);
            switch (SimdWidth.Bits)
            {
                case 512: _rule.Pass<V512, V1, float>(_p + first, _g + first, _m + first, _v + first, count); break;
                case 256: _rule.Pass<V256, V1, float>(_p + first, _g + first, _m + first, _v + first, count); break;
                default: _rule.Pass<V128, V1, float>(_p + first, _g + first, _m + first, _v + first, count); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass<V, S, T>(T* p, T* g, T* m, T* v, long n) where V : struct, IVec<V, T> where S : struct, IVec<S, T> where T : unmanaged
    {
        var wide = new Constants<V, T>(this);
        long i = 0;
        for (; i + V.Width <= n; i += V.Width) wide.Step(p + i, g + i, m + i, v + i);
        var single = new Constants<S, T>(this);
        for (; i < n; i++) single.Step(p + i, g + i, m + i, v + i);
    }

    private double Beta1 => beta1;
    private double Beta2 => beta2;
    private double Eps => eps;
    private double WeightDecay => weightDecay;
    /// <summary>
    /// Moments of a unit that gets no gradient any more would sink into the subnormal numbers, where processors take a hundred times as long.
    /// Every few steps, what is below 1e-36 becomes 0; what this can change in a parameter lies far beneath a float's last place.
    /// </summary>
    private bool Sweep => sweep;
    private double Sign => maximize ? -1 : 1;

    private readonly struct Constants<V, T>(in AdamRule rule) where V : struct, IVec<V, T> where T : unmanaged
    {
        private readonly V _beta1 = V.Of(rule.Beta1), _rest1 = V.Of(1 - rule.Beta1), _beta2 = V.Of(rule.Beta2), _rest2 = V.Of(1 - rule.Beta2);
        // The quick division is for divisors in the middle of the floats' range, where eps puts them from below.
        private readonly bool _quick = rule.Eps >= 1e-30;
        private readonly V _largest = V.Of(1e37), _zero = V.Of(0), _tiny = V.Of(1e-36);
        private readonly bool _sweep = rule.Sweep;
        private readonly V _sign = V.Of(rule.Sign), _decay = V.Of(rule.WeightDecay), _scale = V.Of(rule.RootScale), _eps = V.Of(rule.Eps), _step = V.Of(-rule.StepSize);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Step(T* p, T* g, T* m, T* v)
        {
            V parameter = V.Load(p);
            V gradient = V.Fma(_decay, parameter, V.Load(g) * _sign);
            V mean = V.Fma(_rest1, gradient, V.Load(m) * _beta1);
            V square = V.Fma(gradient * _rest2, gradient, V.Load(v) * _beta2);
            if (_sweep)
            {
                mean = V.Choose(V.Less(V.Abs(mean), _tiny), _zero, mean);
                square = V.Choose(V.Less(square, _tiny), _zero, square);
            }
            V.Store(mean, m);
            V.Store(square, v);
            V divisor = V.Fma(V.Sqrt(square), _scale, _eps);
            V ratio = _quick ? V.QuickDivide(mean, V.Choose(V.Less(_largest, divisor), _largest, divisor)) : mean / divisor;
            V.Store(V.Fma(_step, ratio, parameter), p);
        }
    }
}
