using System.Runtime.CompilerServices;

namespace Ddpg.Acceleration;

/// <summary>One step of Adam over four dense arrays in one pass; what it computes stands in <see cref="Ddpg.Agents.FlatAdam"/>.</summary>
internal static unsafe class AdamKernel
{
    private const long PerPart = 8192;
    private const long CostOfElement = 70;

    [ThreadStatic] private static Job? _spare;

    internal static void Run(in AdamStep step, float* weights, float* gradient, float* mean, float* square, long count)
    {
        Job job = _spare ?? new Job();
        _spare = null;
        job.Set(step, weights, gradient, mean, square, count);
        Workers.Run(job, job.Parts, CostOfElement * count);
        _spare = job;
    }

    private sealed class Job : ParallelWork
    {
        private AdamStep _step;
        private float* _p, _g, _m, _v;
        private long _count;

        internal int Parts => (int)((_count + PerPart - 1) / PerPart);

        internal void Set(in AdamStep step, float* p, float* g, float* m, float* v, long count)
        {
            _step = step;
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
                case 512: Pass<V512>(_step, _p + first, _g + first, _m + first, _v + first, count); break;
                case 256: Pass<V256>(_step, _p + first, _g + first, _m + first, _v + first, count); break;
                default: Pass<V128>(_step, _p + first, _g + first, _m + first, _v + first, count); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<V>(in AdamStep step, float* p, float* g, float* m, float* v, long n) where V : struct, IVec<V>
    {
        var wide = new Constants<V>(step);
        long i = 0;
        for (; i + V.Width <= n; i += V.Width) wide.Step(p + i, g + i, m + i, v + i);
        var single = new Constants<V1>(step);
        for (; i < n; i++) single.Step(p + i, g + i, m + i, v + i);
    }

    private readonly struct Constants<V>(in AdamStep step) where V : struct, IVec<V>
    {
        private readonly V _beta1 = V.Of(AdamStep.Beta1), _rest1 = V.Of(1 - AdamStep.Beta1), _beta2 = V.Of(AdamStep.Beta2), _rest2 = V.Of(1 - AdamStep.Beta2);
        private readonly V _decay = V.Of(step.WeightDecay), _scale = V.Of(step.RootScale), _epsilon = V.Of(AdamStep.Epsilon), _step = V.Of(-step.StepSize);

        // The quick division is for divisors in the middle of the floats' range, where epsilon puts them from below.
        private readonly V _largest = V.Of(1e37), _zero = V.Of(0), _tiny = V.Of(1e-36);
        private readonly bool _sweep = step.Sweep;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Step(float* p, float* g, float* m, float* v)
        {
            V weight = V.Load(p);
            V gradient = V.Fma(_decay, weight, V.Load(g));
            V mean = V.Fma(_rest1, gradient, V.Load(m) * _beta1);
            V square = V.Fma(gradient * _rest2, gradient, V.Load(v) * _beta2);
            if (_sweep)
            {
                mean = V.Choose(V.Less(V.Abs(mean), _tiny), _zero, mean);
                square = V.Choose(V.Less(square, _tiny), _zero, square);
            }
            V.Store(mean, m);
            V.Store(square, v);
            V divisor = V.Fma(V.Sqrt(square), _scale, _epsilon);
            V ratio = V.QuickDivide(mean, V.Choose(V.Less(_largest, divisor), _largest, divisor));
            V.Store(V.Fma(_step, ratio, weight), p);
        }
    }
}
