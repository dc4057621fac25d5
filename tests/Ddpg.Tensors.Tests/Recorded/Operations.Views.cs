namespace Ddpg.Tensors.Tests.Recorded;

public static partial class Operations
{
    private static IEnumerable<(string Name, Operation Operation)> Views()
    {
        var views = new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["view"] = a => a.view(4, 6),
            ["view-minus1"] = a => a.view(-1, 4),
            ["reshape"] = a => a.reshape(6, 4),
            ["reshape-minus1"] = a => a.reshape(2, -1),
            ["reshape-of-transposed"] = a => a.transpose(0, 2).reshape(4, 6),
            ["flatten"] = a => a.flatten(),
            ["flatten-1"] = a => a.flatten(1),
            ["transpose"] = a => a.transpose(0, 2),
            ["transpose-negative"] = a => a.transpose(-1, -2),
            ["permute"] = a => a.permute(2, 0, 1),
            ["unsqueeze-0"] = a => a.unsqueeze(0),
            ["unsqueeze-3"] = a => a.unsqueeze(3),
            ["unsqueeze-negative"] = a => a.unsqueeze(-1),
            ["squeeze-after-unsqueeze"] = a => a.unsqueeze(1).squeeze(1),
            ["squeeze-all"] = a => a.unsqueeze(1).squeeze(),
            ["squeeze-no-op"] = a => a.squeeze(0),
            ["select-0"] = a => a.select(0, 1),
            ["select-negative"] = a => a.select(2, -1),
            ["index-long"] = a => a[1],
            ["index-long-long"] = a => a[1, 2],
            ["index-all"] = a => a[1, 2, 3],
            ["slice"] = a => a.narrow(1, 1, 2),
            ["slice-step"] = a => a.slice(2, 0, 4, 2),
            ["slice-2"] = a => a[0..2, 1..3],
            ["slice-open"] = a => a[.., 1..],
            ["slice-negative"] = a => a[.., ..^1],
            ["slice-empty"] = a => a[.., 3..],
            ["index-slice-mixed"] = a => a[1, .., 2],
            ["index-ellipsis"] = a => a[TensorIndex.Ellipsis, 1],
            ["index-null"] = a => a[TensorIndex.Null, 1],
            ["expand"] = a => a.unsqueeze(0).expand(3, 2, 3, 4),
            ["clone"] = a => a.clone(),
            ["contiguous"] = a => a.transpose(0, 1).contiguous(),
            ["repeat"] = a => a.repeat(2, 1, 3),
            ["flip"] = a => a.flip(1),
            ["alias-twice"] = a => a.view(24).slice(0, 3, 9, 1) + a.view(24).slice(0, 5, 11, 1),
            ["slice-of-slice"] = a => a[.., 1..].transpose(0, 1).slice(0, 1, 2, 1),
            ["detach"] = a => a.detach() * a,
            ["expand-minus1"] = a => a.slice(1, 0, 1, 1).expand(-1, 5, -1),
            ["tril"] = a => a[0].tril(),
            ["roll"] = a => a.roll(1, 0),
            ["broadcast_to"] = a => a[0].broadcast_to(2, 3, 4),
            ["mT"] = a => a.mT,
            ["T"] = a => a[0].T,
        };
        foreach ((string name, Func<Tensor, Tensor> view) in views)
        {
            yield return One($"view/{name}", x => view(x[0]));
        }
        yield return ("view/chunk", x => x[0].chunk(2, 2));
        yield return ("view/split", x => x[0].split(2, 1));
        yield return ("view/unbind", x => x[0].unbind(0));
        yield return One("t/plain", x => x[0].t());
        yield return One("cat/0", x => cat(x, 0));
        yield return One("cat/negative", x => cat(x, -1));
        foreach (string name in new[] { "1", "3d", "zero" })
        {
            yield return One($"cat/{name}", x => cat(x, 1));
        }
        yield return One("cat/legacy-empty", x => cat([x[0], x[1].detach()], 1));
        yield return One("cat/same", x => cat([x[0], x[0]], 1));
        yield return One("cat/transposed", x => cat([x[0].t(), x[1]], 1));
        yield return One("stack/0", x => stack(x));
        yield return One("stack/1", x => stack(x, 1));
        yield return One("stack/last", x => stack(x, -1));
        yield return One("where/same", x => where(x[0], x[1], x[2]));
        yield return One("where/broadcast", x => where(x[0], x[1], x[2]));
        yield return One("index_select/0", x => x[0].index_select(0, x[1]));
        yield return One("index_select/1", x => x[0].index_select(1, x[1]));
        yield return One("gather/1", x => x[0].gather(1, x[1]));
        yield return One("index/tensor", x => x[0][x[1]]);
        yield return One("index/bool", x => x[0][x[1]]);
        yield return One("masked_fill/plain", x => x[0].masked_fill(x[1], -1.5));
        yield return One("lerp/scalar", x => x[0].lerp(x[1], full([], 0.25, dtype: x[0].dtype)));
        yield return One("lerp/tensor", x => x[0].lerp(x[1], x[2]));
        yield return One("addcmul/plain", x => x[0].addcmul(x[1], x[2], 0.5));
        yield return One("addcdiv/plain", x => x[0].addcdiv(x[1], x[2], 0.5));
    }

    private static IEnumerable<(string Name, Operation Operation)> InPlace()
    {
        var withOperand = new Dictionary<string, Action<Tensor, Tensor>>
        {
            ["add_"] = (y, b) => y.add_(b),
            ["add_-alpha"] = (y, b) => y.add_(b, 0.25),
            ["sub_"] = (y, b) => y.sub_(b),
            ["mul_"] = (y, b) => y.mul_(b),
            ["div_"] = (y, b) => y.div_(b),
            ["copy_"] = (y, b) => y.copy_(b),
            ["lerp_"] = (y, b) => y.lerp_(b, full([], 0.25, dtype: y.dtype)),
            ["pow_"] = (y, b) => y.pow_(b),
        };
        foreach ((string name, Action<Tensor, Tensor> change) in withOperand)
        {
            yield return After($"inplace/{name}", change);
            yield return After($"inplace/{name} broadcast", change);
        }
        var alone = new Dictionary<string, Action<Tensor>>
        {
            ["add_ scalar"] = y => y.add_(1.5),
            ["sub_ scalar"] = y => y.sub_(1.5),
            ["mul_ scalar"] = y => y.mul_(-0.5),
            ["div_ scalar"] = y => y.div_(4),
            ["zero_"] = y => y.zero_(),
            ["fill_"] = y => y.fill_(2.5),
            ["clamp_"] = y => y.clamp_(-1, 1),
            ["relu_"] = y => y.relu_(),
            ["tanh_"] = y => y.tanh_(),
            ["exp_"] = y => y.exp_(),
            ["neg_"] = y => y.neg_(),
            ["abs_"] = y => y.abs_(),
            ["sigmoid_"] = y => y.sigmoid_(),
            ["sqrt_"] = y => y.sqrt_(),
            ["twice"] = y => y.mul_(2).add_(1),
            ["view mul_"] = y => y[0].mul_(3),
            ["slice zero_"] = y => y[.., 1..].zero_(),
            ["column fill_"] = y => y.select(1, 0).fill_(7),
        };
        foreach ((string name, Action<Tensor> change) in alone)
        {
            yield return After($"inplace/{name}", (y, _) => change(y));
        }
        yield return After("inplace/set row", (y, b) => y[0] = b);
        yield return After("inplace/set slice", (y, b) => y[.., 1..] = b);
        yield return After("inplace/base through view", (y, _) => y.view(6).mul_(2));
        yield return One("inplace/view sees base", x =>
        {
            Tensor y = x[0] * 1, view = y.view(6);
            y.mul_(2);
            return view * view;
        });
        yield return One("inplace/accumulate", x => (x[0] * 1).add_(x[0]).add_(x[0]));
    }

    /// <summary>y = 1·x, changed in place: the change is recorded on the graph.</summary>
    private static (string Name, Operation Operation) After(string name, Action<Tensor, Tensor> change) => One(name, x =>
    {
        Tensor y = x[0] * 1;
        change(y, x[^1]);
        return y;
    });
}
