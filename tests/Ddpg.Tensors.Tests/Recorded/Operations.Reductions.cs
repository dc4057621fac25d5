namespace Ddpg.Tensors.Tests.Recorded;

public static partial class Operations
{
    private static IEnumerable<(string Name, Operation Operation)> Reductions()
    {
        var reduce = new Dictionary<string, Func<Tensor, long, bool, Tensor>>
        {
            ["sum"] = (a, dim, keep) => a.sum(dim, keepdim: keep),
            ["mean"] = (a, dim, keep) => a.mean([dim], keepdim: keep),
            ["var"] = (a, dim, keep) => a.var(dim, keepdim: keep),
            ["std"] = (a, dim, keep) => a.std(dim, keepdim: keep),
            ["amax"] = (a, dim, _) => a.amax(dim),
            ["amin"] = (a, dim, _) => a.amin(dim),
            ["logsumexp"] = (a, dim, keep) => a.logsumexp(dim, keepdim: keep),
            ["prod"] = (a, dim, keep) => a.prod(dim, keepdim: keep),
        };
        // 0L, not 0: the literal 0 converts to the enum ScalarType, and sum(0) would mean "as bytes".
        foreach ((string name, Func<Tensor, long, bool, Tensor> operation) in reduce)
        {
            foreach (long dim in new[] { 0, 1, 2, -1 })
            {
                yield return One($"{name}/dim {dim}", x => operation(x[0], dim, false));
            }
            if (name is not ("amax" or "amin"))
            {
                yield return One($"{name}/keepdim", x => operation(x[0], 1, true));
            }
            if (name != "prod")
            {
                yield return One($"{name}/transposed", x => operation(x[0].t(), 0, false));
            }
        }
        yield return One("sum/dims 0,2", x => x[0].sum([0, 2]));
        yield return One("mean/dims 0,2", x => x[0].mean([0, 2]));
        yield return One("var/dims 0,2", x => x[0].var([0L, 2]));
        yield return One("std/dims 0,2", x => x[0].std([0L, 2]));
        foreach (string shape in new[] { "all", "zero", "0d" })
        {
            yield return One($"sum/{shape}", x => x[0].sum());
            yield return One($"mean/{shape}", x => x[0].mean());
            yield return One($"prod/{shape}", x => x[0].prod());
        }
        yield return One("sum/zero-dim", x => x[0].sum(0L));
        yield return One("mean/zero-dim", x => x[0].mean([0]));
        yield return One("prod/zero-dim", x => x[0].prod(0L));
        yield return One("var/all", x => x[0].var());
        yield return One("std/all", x => x[0].std());
        yield return One("sum/expanded", x => x[0].expand(4, 3).sum(0L));
        yield return One("sum/many", x => x[0].sum());
        yield return One("mean/many", x => x[0].mean([0]));
        yield return One("var/biased", x => x[0].var(1, unbiased: false));
        yield return One("std/biased", x => x[0].std(unbiased: false));
        yield return One("max/all", x => x[0].max());
        yield return One("min/all", x => x[0].min());
        yield return One("max/tie", x => x[0].max());
        yield return One("min/tie", x => x[0].min());
        foreach (long dim in new[] { 0, 1, 2, -1 })
        {
            yield return ($"max/dim {dim}", x => Both(x[0].max(dim)));
            yield return ($"min/dim {dim}", x => Both(x[0].min(dim)));
            yield return One($"argmax/dim {dim}", x => x[0].argmax(dim));
            yield return One($"argmin/dim {dim}", x => x[0].argmin(dim));
            yield return One($"cumsum/dim {dim}", x => x[0].cumsum(dim));
        }
        yield return ("max/keepdim", x => Both(x[0].max(1, keepdim: true)));
        yield return One("argmax/all", x => x[0].argmax());
        yield return One("argmin/all", x => x[0].argmin());
        yield return One("max/nan", x => x[0].max());
        yield return One("sum/nan", x => x[0].sum());
        yield return One("norm/2", x => x[0].norm());
    }

    private static Tensor[] Both((Tensor Values, Tensor Indexes) result) => [result.Values, result.Indexes];
}
