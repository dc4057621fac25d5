#!/usr/bin/python3
"""Records what PyTorch computes: forward values and all gradients of every operation, module and loss that the kit's
engine has, optimizers over 20 steps, and a DDPG-shaped composite. RecordedValues*.cs replays the file.

    /usr/bin/python3 record_torch.py > recorded.json          (Debian: apt install python3-torch; made with 1.13)

Inputs are dyadic fractions, exact in float32 and float64 and short to read. The backward pass starts from
sum(output * weight) with recorded weights, so that a gradient that is transposed or summed wrongly cannot hide.
Each operation has a name; the C# side has a table from the same names to the same expression.
"""
import json
import math
import random
import sys

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
FLOATS = [torch.float32, torch.float64]
NAMES = {torch.float32: "float32", torch.float64: "float64", torch.int64: "int64", torch.bool: "bool"}
lines = []
rng = random.Random(20260101)


def number(value, dtype):
    if dtype == torch.bool:
        return "true" if value else "false"
    if dtype == torch.int64:
        return str(int(value))
    if math.isnan(value):
        return '"NaN"'
    if math.isinf(value):
        return '"Infinity"' if value > 0 else '"-Infinity"'
    text = ("%.9g" if dtype == torch.float32 else "%.17g") % value
    short = repr(value)
    return short if len(short) < len(text) and float(short) == value else text


def array(tensor):
    tensor = tensor.detach()
    values = ",".join(number(v, tensor.dtype) for v in tensor.contiguous().flatten().tolist())
    kind = "" if tensor.dtype.is_floating_point else '"dtype":"%s",' % NAMES[tensor.dtype]
    return '{%s"shape":%s,"values":[%s]}' % (kind, json.dumps(list(tensor.shape), separators=(",", ":")), values)


def typed(tensor):
    """An output carries its type, because promotion is part of what is recorded."""
    text = array(tensor)
    return '{"dtype":"%s",%s' % (NAMES[tensor.dtype], text[1:]) if tensor.dtype.is_floating_point else text


def fractions(*shape, low=-3.0, high=3.0, step=64):
    """Distinct multiples of 1/64 (as far as they suffice), shuffled: no ties, no kinks, exact in both float types."""
    count = math.prod(shape)
    pool = list(range(int(low * step), int(high * step) + 1))
    pool = [k for k in pool if k != 0] if low < 0 else [k for k in pool if k >= low * step and k > 0]
    chosen = rng.sample(pool, count) if count <= len(pool) else [rng.choice(pool) for _ in range(count)]
    return torch.tensor([k / step for k in chosen], dtype=torch.float64).reshape(shape)


def const(values, shape=None):
    tensor = torch.tensor(values, dtype=torch.float64)
    return tensor if shape is None else tensor.reshape(shape)


def f(*shape):
    return fractions(*shape)


def pos(*shape):
    return fractions(*shape, low=0.25, high=4.0)


def small(*shape):
    return fractions(*shape, low=-1.0, high=1.0)


def ints(values):
    return torch.tensor(values, dtype=torch.int64)


def bools(values):
    return torch.tensor(values, dtype=torch.bool)


def typed_copy(given, dtype):
    """Always a copy: to() returns the same tensor when the type already fits, and the next in-place step would change the input."""
    copy = given.detach().clone()
    return copy.to(dtype) if copy.dtype.is_floating_point else copy


def case(name, function, *inputs, dtypes=FLOATS, grad=True):
    weights, results = None, {}
    for dtype in dtypes:
        leaves = []
        for given in inputs:
            leaf = typed_copy(given, dtype)
            leaves.append(leaf.requires_grad_() if grad and leaf.dtype.is_floating_point else leaf)
        outputs = function(*leaves)
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        wanted = [o for o in outputs if o.dtype.is_floating_point and o.requires_grad]
        if weights is None:
            weights = [small(*o.shape) for o in wanted]
        grads = None
        if wanted:
            sum((o * w.to(o.dtype)).sum() for o, w in zip(wanted, weights)).backward()
            grads = [leaf.grad if leaf.dtype.is_floating_point else None for leaf in leaves]
        results[dtype] = (outputs, grads)
    emit(name, inputs, results, weights)


def emit(name, inputs, results, weights=None):
    """One line a case: what goes in once, then what came out for each float type."""
    parts = ['"name":"%s"' % name, '"inputs":[%s]' % ",".join(array(i) for i in inputs)]
    if weights:
        parts.append('"weights":[%s]' % ",".join(array(w) for w in weights))
    for dtype, (outputs, grads) in results.items():
        text = '"outputs":[%s]' % ",".join(typed(o) for o in outputs)
        if grads is not None:
            text += ',"grads":[%s]' % ",".join("null" if g is None else array(g) for g in grads)
        parts.append('"%s":{%s}' % (NAMES[dtype], text))
    lines.append("{%s}" % ",".join(parts))


# --- arithmetic -----------------------------------------------------------------------------------------------------
BROADCASTS = {
    "same": ((2, 3), (2, 3)), "row": ((2, 3), (3,)), "column": ((2, 3), (2, 1)), "scalar": ((2, 3), ()), "one": ((2, 3), (1,)),
    "outer": ((2, 1), (1, 3)), "left": ((3,), (2, 3)), "3d": ((2, 1, 3), (4, 1)), "zero": ((0, 3), (3,)), "zero-one": ((2, 0), (2, 1)),
}
BINARY = {
    "add": (lambda a, b: a + b, f), "sub": (lambda a, b: a - b, f), "mul": (lambda a, b: a * b, f), "div": (lambda a, b: a / b, pos),
    "minimum": (torch.minimum, f), "maximum": (torch.maximum, f), "mse_loss/none": (lambda a, b: F.mse_loss(a, b, reduction="none"), f),
}
import warnings  # noqa: E402
warnings.filterwarnings("ignore", message="Using a target size")
for op, (function, second) in BINARY.items():
    for shape_name, (left, right) in BROADCASTS.items():
        if op == "mse_loss/none" and shape_name == "left":
            continue
        case("%s/%s" % (op, shape_name), function, f(*left), second(*right))
case("add/alpha", lambda a, b: a.add(b, alpha=0.25), f(2, 3), f(3))
case("add/self", lambda a: a + a, f(2, 3))
case("mul/self", lambda a: a * a, f(2, 3))
case("div/self", lambda a: a / a, pos(2, 3))
case("sub/transposed", lambda a, b: a.t() - b, f(3, 2), f(2, 3))
case("mul/expanded", lambda a, b: a.expand(4, 3) * b, f(1, 3), f(4, 3))
case("minimum/tie", torch.minimum, const([1.0, 2.0, -1.0]), const([1.0, 0.5, -1.0]))
case("maximum/tie", torch.maximum, const([1.0, 2.0, -1.0]), const([1.0, 0.5, -1.0]))
case("pow/tensor", torch.pow, pos(2, 3), small(2, 3))
case("pow/tensor-broadcast", torch.pow, pos(2, 3), small(3))
for label, exponent in {"2": 2, "3": 3, "half": 0.5, "minus1": -1, "0": 0, "1": 1, "2.5": 2.5}.items():
    case("pow/%s" % label, lambda a, e=exponent: a.pow(e), pos(2, 3))
case("pow/square-negative", lambda a: a.pow(2), f(2, 3))
case("scalar/add", lambda a: a + 1.5, f(2, 3))
case("scalar/add-left", lambda a: 1.5 + a, f(2, 3))
case("scalar/sub", lambda a: a - 1.5, f(2, 3))
case("scalar/sub-left", lambda a: 1.5 - a, f(2, 3))
case("scalar/mul", lambda a: a * -2.5, f(2, 3))
case("scalar/mul-left", lambda a: -2.5 * a, f(2, 3))
case("scalar/div", lambda a: a / 3, f(2, 3))
case("scalar/div-left", lambda a: 3 / a, pos(2, 3))
case("scalar/tenth", lambda a: a * 0.1, f(2, 3))

# --- one operand ----------------------------------------------------------------------------------------------------
UNARY = {
    "neg": (lambda a: -a, f), "abs": (torch.abs, f), "exp": (torch.exp, f), "log": (torch.log, pos), "sqrt": (torch.sqrt, pos),
    "rsqrt": (torch.rsqrt, pos), "square": (torch.square, f), "reciprocal": (torch.reciprocal, pos), "sin": (torch.sin, f), "cos": (torch.cos, f),
    "tanh": (torch.tanh, f), "sigmoid": (torch.sigmoid, f), "relu": (torch.relu, f), "softplus": (F.softplus, f), "sign": (torch.sign, f),
    "floor": (torch.floor, f), "ceil": (torch.ceil, f), "round": (torch.round, f), "log1p": (torch.log1p, pos), "expm1": (torch.expm1, small),
    "leaky_relu": (lambda a: F.leaky_relu(a, 0.01), f), "elu": (F.elu, f), "gelu": (F.gelu, f), "silu": (F.silu, f), "softmax": (lambda a: F.softmax(a, -1), f),
    "log_softmax": (lambda a: F.log_softmax(a, -1), f),
}
for op, (function, domain) in UNARY.items():
    case("%s/2d" % op, function, domain(3, 4))
    case("%s/zero" % op, function, domain(0, 4))
    if op not in ("softmax", "log_softmax"):
        case("%s/0d" % op, function, domain())
        case("%s/transposed" % op, lambda a, g=function: g(a.t()), domain(3, 2))
special = const([0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1e-30, -1e-30, 100.0, -100.0, 1.0])
for op in ("neg", "abs", "exp", "log", "sqrt", "square", "tanh", "sigmoid", "relu", "sign", "floor", "reciprocal", "sin", "cos"):
    case("%s/special" % op, UNARY[op][0], special)
wide = const([k * 0.375 for k in range(-56, 57)] + [2.0 ** -k for k in range(1, 40, 3)] + [-(2.0 ** -k) for k in range(2, 40, 3)])
for op in ("tanh", "exp", "sigmoid", "sin", "cos"):
    case("%s/wide" % op, UNARY[op][0], wide, grad=False)
far = const([2.0 ** k * m for k in range(-60, 60, 5) for m in (1.0, 1.375, 1.875)])
for op in ("log", "sqrt"):
    case("%s/wide" % op, UNARY[op][0], far, grad=False)
case("abs/kink", torch.abs, const([0.0, -0.0, 1.0]))
case("relu/kink", torch.relu, const([0.0, -0.0, 1.0]))
case("clamp/both", lambda a: a.clamp(-1, 1.5), f(3, 4))
case("clamp/min", lambda a: a.clamp(min=-0.5), f(3, 4))
case("clamp/max", lambda a: a.clamp(max=0.5), f(3, 4))
case("clamp/at-the-bound", lambda a: a.clamp(-1, 1), const([-1.0, 1.0, -2.0, 2.0, 0.0, float("nan")]))
case("clamp/crossed", lambda a: a.clamp(1, -1), f(4))

# --- products -------------------------------------------------------------------------------------------------------
for label, (left, right) in {
    "2x3x4": ((2, 3), (3, 4)), "1x1x1": ((1, 1), (1, 1)), "5x17x9": ((5, 17), (17, 9)), "1x7x33": ((1, 7), (7, 33)), "33x1x2": ((33, 1), (1, 2)),
    "0 rows": ((0, 3), (3, 4)), "0 inner": ((2, 0), (0, 4)), "0 columns": ((2, 3), (3, 0)),
}.items():
    case("matmul/%s" % label, torch.matmul, f(*left), f(*right))
case("matmul/vector-vector", torch.matmul, f(5), f(5))
case("matmul/matrix-vector", torch.matmul, f(3, 5), f(5))
case("matmul/vector-matrix", torch.matmul, f(5), f(5, 3))
case("matmul/batched", torch.matmul, f(2, 3, 4), f(2, 4, 5))
case("matmul/batch-broadcast", torch.matmul, f(2, 3, 4), f(4, 5))
case("mm/2x3x4", torch.mm, f(2, 3), f(3, 4))
case("mm/transposed-left", lambda a, b: a.t().mm(b), f(3, 2), f(3, 4))
case("mm/transposed-right", lambda a, b: a.mm(b.t()), f(2, 3), f(4, 3))
case("mm/both-transposed", lambda a, b: a.t().mm(b.t()), f(3, 2), f(4, 3))
case("mm/self-transposed", lambda a: a.mm(a.t()), f(3, 2))
case("mm/sliced", lambda a, b: a[:, 1:4].mm(b[::2]), f(2, 5), f(6, 4))
case("addmm/plain", torch.addmm, f(4), f(2, 3), f(3, 4))
case("bmm/plain", torch.bmm, f(2, 3, 4), f(2, 4, 2))
case("dot/plain", torch.dot, f(6), f(6))
case("outer/plain", torch.outer, f(3), f(4))
case("linear/plain", F.linear, f(4, 3), f(2, 3), f(2))
case("linear/no-bias", lambda a, w: F.linear(a, w), f(4, 3), f(2, 3))
case("linear/vector", F.linear, f(3), f(2, 3), f(2))
case("linear/3d", F.linear, f(2, 4, 3), f(5, 3), f(5))
case("linear/zero-batch", F.linear, f(0, 3), f(2, 3), f(2))
case("linear/wide", F.linear, f(3, 19), f(18, 19), f(18))

# --- reductions -----------------------------------------------------------------------------------------------------
REDUCE = {"sum": torch.sum, "mean": torch.mean, "var": torch.var, "std": torch.std, "amax": torch.amax, "amin": torch.amin, "logsumexp": torch.logsumexp, "prod": torch.prod}
for op, function in REDUCE.items():
    for dim in (0, 1, 2, -1):
        case("%s/dim %d" % (op, dim), lambda a, d=dim, g=function: g(a, dim=d), f(2, 3, 4) if op != "prod" else pos(2, 3, 4))
    if op not in ("amax", "amin"):
        case("%s/keepdim" % op, lambda a, g=function: g(a, dim=1, keepdim=True), f(2, 3, 4) if op != "prod" else pos(2, 3, 4))
    if op not in ("prod", "amax", "amin", "logsumexp"):
        case("%s/dims 0,2" % op, lambda a, g=function: g(a, dim=(0, 2)), f(2, 3, 4))
    if op not in ("amax", "amin", "logsumexp"):
        case("%s/all" % op, lambda a, g=function: g(a), f(3, 4) if op != "prod" else pos(3, 4))
    if op in ("sum", "mean", "prod"):
        case("%s/zero" % op, lambda a, g=function: g(a), f(0, 3))
        case("%s/zero-dim" % op, lambda a, g=function: g(a, dim=0), f(0, 3))
        case("%s/0d" % op, lambda a, g=function: g(a), f())
    if op not in ("prod",):
        case("%s/transposed" % op, lambda a, g=function: g(a.t(), dim=0), f(3, 4))
case("sum/expanded", lambda a: a.expand(4, 3).sum(0), f(1, 3))
case("sum/many", lambda a: a.sum(), f(7, 40), dtypes=FLOATS)
case("mean/many", lambda a: a.mean(0), f(33, 3))
case("var/biased", lambda a: a.var(dim=1, unbiased=False), f(3, 4))
case("std/biased", lambda a: a.std(unbiased=False), f(3, 4))
case("max/all", lambda a: a.max(), f(3, 4))
case("min/all", lambda a: a.min(), f(3, 4))
case("max/tie", lambda a: a.max(), const([1.0, 3.0, 3.0, 2.0]))
case("min/tie", lambda a: a.min(), const([1.0, 3.0, 1.0, 2.0]))
for dim in (0, 1, 2, -1):
    case("max/dim %d" % dim, lambda a, d=dim: tuple(a.max(dim=d)), f(2, 3, 4))
    case("min/dim %d" % dim, lambda a, d=dim: tuple(a.min(dim=d)), f(2, 3, 4))
    case("argmax/dim %d" % dim, lambda a, d=dim: a.argmax(dim=d), f(2, 3, 4), grad=False)
    case("argmin/dim %d" % dim, lambda a, d=dim: a.argmin(dim=d), f(2, 3, 4), grad=False)
    case("cumsum/dim %d" % dim, lambda a, d=dim: a.cumsum(d), f(2, 3, 4))
case("max/keepdim", lambda a: tuple(a.max(dim=1, keepdim=True)), f(3, 4))
case("argmax/all", lambda a: a.argmax(), f(3, 4), grad=False)
case("argmin/all", lambda a: a.argmin(), f(3, 4), grad=False)
case("max/nan", lambda a: a.max(), const([1.0, float("nan"), 2.0]), grad=False)
case("sum/nan", lambda a: a.sum(), const([1.0, float("nan"), 2.0]), grad=False)
case("norm/2", lambda a: a.norm(), f(3, 4))

# --- views, slices, joining -----------------------------------------------------------------------------------------
VIEWS = {
    "view": lambda a: a.view(4, 6), "view-minus1": lambda a: a.view(-1, 4), "reshape": lambda a: a.reshape(6, 4), "reshape-minus1": lambda a: a.reshape(2, -1),
    "reshape-of-transposed": lambda a: a.transpose(0, 2).reshape(4, 6), "flatten": lambda a: a.flatten(), "flatten-1": lambda a: a.flatten(1),
    "transpose": lambda a: a.transpose(0, 2), "transpose-negative": lambda a: a.transpose(-1, -2), "permute": lambda a: a.permute(2, 0, 1),
    "unsqueeze-0": lambda a: a.unsqueeze(0), "unsqueeze-3": lambda a: a.unsqueeze(3), "unsqueeze-negative": lambda a: a.unsqueeze(-1),
    "squeeze-after-unsqueeze": lambda a: a.unsqueeze(1).squeeze(1), "squeeze-all": lambda a: a.unsqueeze(1).squeeze(), "squeeze-no-op": lambda a: a.squeeze(0),
    "select-0": lambda a: a.select(0, 1), "select-negative": lambda a: a.select(2, -1), "index-long": lambda a: a[1], "index-long-long": lambda a: a[1, 2],
    "index-all": lambda a: a[1, 2, 3], "slice": lambda a: a.narrow(1, 1, 2), "slice-step": lambda a: a[:, :, ::2], "slice-2": lambda a: a[0:2, 1:3],
    "slice-open": lambda a: a[:, 1:], "slice-negative": lambda a: a[:, :-1], "slice-empty": lambda a: a[:, 3:], "index-slice-mixed": lambda a: a[1, :, 2],
    "index-ellipsis": lambda a: a[..., 1], "index-null": lambda a: a[None, 1], "expand": lambda a: a.unsqueeze(0).expand(3, 2, 3, 4), "clone": lambda a: a.clone(),
    "contiguous": lambda a: a.transpose(0, 1).contiguous(), "chunk": lambda a: a.chunk(2, 2), "split": lambda a: a.split(2, 1), "unbind": lambda a: a.unbind(0),
    "repeat": lambda a: a.repeat(2, 1, 3), "flip": lambda a: a.flip([1]), "alias-twice": lambda a: a.view(24)[3:9] + a.view(24)[5:11],
    "slice-of-slice": lambda a: a[:, 1:].transpose(0, 1)[1:], "detach": lambda a: a.detach() * a, "expand-minus1": lambda a: a[:, :1].expand(-1, 5, -1),
    "tril": lambda a: a[0].tril(), "roll": lambda a: a.roll(1, 0), "broadcast_to": lambda a: a[0].broadcast_to(2, 3, 4), "mT": lambda a: a.mT, "T": lambda a: a[0].T,
}
for op, function in VIEWS.items():
    case("view/%s" % op, function, f(2, 3, 4))
case("t/plain", lambda a: a.t(), f(2, 3))
case("cat/0", lambda a, b: torch.cat([a, b], 0), f(2, 3), f(1, 3))
case("cat/1", lambda a, b: torch.cat([a, b], 1), f(2, 3), f(2, 1))
case("cat/negative", lambda a, b, c: torch.cat([a, b, c], -1), f(2, 3), f(2, 1), f(2, 2))
case("cat/3d", lambda a, b: torch.cat([a, b], 1), f(2, 2, 3), f(2, 3, 3))
case("cat/zero", lambda a, b: torch.cat([a, b], 1), f(2, 3), f(2, 0))
case("cat/legacy-empty", lambda a, b: torch.cat([a, b.detach()], 1), f(2, 3), f(0))
case("cat/same", lambda a: torch.cat([a, a], 1), f(2, 3))
case("cat/transposed", lambda a, b: torch.cat([a.t(), b], 1), f(3, 2), f(2, 2))
case("stack/0", lambda a, b: torch.stack([a, b]), f(2, 3), f(2, 3))
case("stack/1", lambda a, b: torch.stack([a, b], 1), f(2, 3), f(2, 3))
case("stack/last", lambda a, b: torch.stack([a, b], -1), f(2, 3), f(2, 3))
case("where/same", torch.where, bools([[True, False, True], [False, False, True]]), f(2, 3), f(2, 3))
case("where/broadcast", torch.where, bools([[True], [False]]), f(2, 3), f(3))
case("index_select/0", lambda a, i: a.index_select(0, i), f(3, 4), ints([2, 0, 2]))
case("index_select/1", lambda a, i: a.index_select(1, i), f(3, 4), ints([1, 3]))
case("gather/1", lambda a, i: a.gather(1, i), f(3, 4), ints([[0, 3], [1, 1], [2, 0]]))
case("index/tensor", lambda a, i: a[i], f(3, 4), ints([2, 0, 2]))
case("index/bool", lambda a, i: a[i], f(3, 4), bools([True, False, True]))
case("masked_fill/plain", lambda a, m: a.masked_fill(m, -1.5), f(2, 3), bools([[True, False, True], [False, False, True]]))
case("lerp/scalar", lambda a, b: torch.lerp(a, b, 0.25), f(2, 3), f(2, 3))
case("lerp/tensor", torch.lerp, f(2, 3), f(2, 3), small(2, 3))
case("addcmul/plain", lambda a, b, c: torch.addcmul(a, b, c, value=0.5), f(2, 3), f(2, 3), f(2, 3))
case("addcdiv/plain", lambda a, b, c: torch.addcdiv(a, b, c, value=0.5), f(2, 3), f(2, 3), pos(2, 3))

# --- in place -------------------------------------------------------------------------------------------------------
def after(change):
    """x -> y = 1*x; change y in place; y: the change is recorded on the graph."""
    def run(a, *rest):
        y = a * 1
        change(y, *rest)
        return y
    return run


INPLACE = {
    "add_": lambda y, b: y.add_(b), "add_-alpha": lambda y, b: y.add_(b, alpha=0.25), "sub_": lambda y, b: y.sub_(b), "mul_": lambda y, b: y.mul_(b),
    "div_": lambda y, b: y.div_(b), "copy_": lambda y, b: y.copy_(b), "lerp_": lambda y, b: y.lerp_(b, torch.full((), 0.25, dtype=y.dtype)),
    "pow_": lambda y, b: y.pow_(b),
}
for op, change in INPLACE.items():
    case("inplace/%s" % op, after(change), pos(2, 3), pos(2, 3))
    case("inplace/%s broadcast" % op, after(change), pos(2, 3), pos(3))
for op, change in {
    "add_ scalar": lambda y: y.add_(1.5), "sub_ scalar": lambda y: y.sub_(1.5), "mul_ scalar": lambda y: y.mul_(-0.5), "div_ scalar": lambda y: y.div_(4), "zero_": lambda y: y.zero_(),
    "fill_": lambda y: y.fill_(2.5), "clamp_": lambda y: y.clamp_(-1, 1), "relu_": lambda y: y.relu_(), "tanh_": lambda y: y.tanh_(), "exp_": lambda y: y.exp_(),
    "neg_": lambda y: y.neg_(), "abs_": lambda y: y.abs_(), "sigmoid_": lambda y: y.sigmoid_(), "twice": lambda y: y.mul_(2).add_(1),
    "view mul_": lambda y: y[0].mul_(3), "slice zero_": lambda y: y[:, 1:].zero_(), "column fill_": lambda y: y[:, 0].fill_(7),
}.items():
    case("inplace/%s" % op, after(change), f(2, 3))
case("inplace/sqrt_", after(lambda y: y.sqrt_()), pos(2, 3))


def set_item(y, b):
    y[0] = b


def set_slice(y, b):
    y[:, 1:] = b


case("inplace/set row", after(set_item), f(2, 3), f(3))
case("inplace/set slice", after(set_slice), f(2, 3), f(2, 2))
case("inplace/base through view", lambda a: (lambda y: (y.view(6).mul_(2), y)[1])(a * 1), f(2, 3))
case("inplace/view sees base", lambda a: (lambda y: (lambda v: (y.mul_(2), v * v)[1])(y.view(6)))(a * 1), f(2, 3))
case("inplace/accumulate", lambda a: (lambda y: (y.add_(a), y.add_(a))[1])(a * 1), f(2, 3))

# --- losses and modules ---------------------------------------------------------------------------------------------
for reduction in ("mean", "sum"):
    case("mse_loss/%s" % reduction, lambda a, b, r=reduction: F.mse_loss(a, b, reduction=r), f(4, 1), f(4, 1))
    case("smooth_l1_loss/%s" % reduction, lambda a, b, r=reduction: F.smooth_l1_loss(a, b, reduction=r), f(4, 3), f(4, 3))
    case("huber_loss/%s" % reduction, lambda a, b, r=reduction: F.huber_loss(a, b, reduction=r, delta=0.5), f(4, 3), f(4, 3))
    case("l1_loss/%s" % reduction, lambda a, b, r=reduction: F.l1_loss(a, b, reduction=r), f(4, 3), f(4, 3))
case("mse_loss/the (B,1) against (B) trap", F.mse_loss, f(4, 1), f(4))
case("mse_loss/zero", F.mse_loss, f(0, 1), f(0, 1))
case("mse_loss/0d", F.mse_loss, f(), f())
case("layer_norm/plain", lambda a, w, b: F.layer_norm(a, [4], w, b), f(3, 4), f(4), f(4))
case("layer_norm/no-affine", lambda a: F.layer_norm(a, [4]), f(3, 4))
case("layer_norm/no-bias", lambda a, w: F.layer_norm(a, [4], w), f(3, 4), f(4))
case("layer_norm/two dims", lambda a, w, b: F.layer_norm(a, [3, 4], w, b), f(2, 3, 4), f(3, 4), f(3, 4))
case("layer_norm/eps", lambda a, w, b: F.layer_norm(a, [4], w, b, 0.5), f(3, 4), f(4), f(4))
case("layer_norm/3d", lambda a, w, b: F.layer_norm(a, [5], w, b), f(2, 3, 5), f(5), f(5))
case("layer_norm/constant row", lambda a, w, b: F.layer_norm(a, [4], w, b), const([2.0] * 4, (1, 4)), f(4), f(4))
case("layer_norm/zero batch", lambda a, w, b: F.layer_norm(a, [4], w, b), f(0, 4), f(4), f(4))
case("module/linear", F.linear, f(4, 3), f(2, 3), f(2))
case("module/linear no bias", F.linear, f(4, 3), f(2, 3))
case("module/layer_norm", lambda a, w, b: F.layer_norm(a, [4], w, b), f(3, 4), f(4), f(4))
case("module/relu", torch.relu, f(3, 4))
case("module/tanh", torch.tanh, f(3, 4))
case("module/sequential", lambda a, w, b, v, c: torch.tanh(F.linear(torch.relu(F.linear(a, w, b)), v, c)), f(5, 3), small(7, 3), small(7), small(2, 7), small(2))
case("module/mse_loss", F.mse_loss, f(4, 1), f(4, 1))
case("graph/diamond", lambda a: (lambda y: y * y.sum() + y)(torch.tanh(a)), f(2, 3))
case("graph/shared weight", lambda a, w: torch.tanh(torch.tanh(a @ w) @ w), f(2, 3), small(3, 3))
case("graph/unused input", lambda a, b: a * 2, f(2), f(2))
case("graph/stop", lambda a, b: a * b.detach() + (a * 3).detach(), f(2), f(2))

# --- types ----------------------------------------------------------------------------------------------------------
OPERANDS = {
    "float32": torch.tensor([1.5, -2.0], dtype=torch.float32), "float64": torch.tensor([1.5, -2.0], dtype=torch.float64), "int64": ints([3, -2]), "bool": bools([True, False]),
    "float32 0d": torch.tensor(0.5, dtype=torch.float32), "float64 0d": torch.tensor(0.5, dtype=torch.float64), "int64 0d": torch.tensor(2), "bool 0d": torch.tensor(True),
}
for left_name, left in OPERANDS.items():
    for right_name, right in OPERANDS.items():
        for op, function in {"add": torch.add, "mul": torch.mul, "div": torch.div}.items():
            outcome = function(left, right)
            lines.append('{"name":"promote/%s","left":"%s","right":"%s","outputs":[%s]}' % (op, left_name, right_name, typed(outcome)))
COMPARE = {"eq": torch.eq, "ne": torch.ne, "lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge}
for op, function in COMPARE.items():
    case("compare/%s" % op, function, const([1.0, 2.0, float("nan"), -0.0]), const([1.0, 3.0, float("nan"), 0.0]), grad=False)
    case("compare/%s scalar" % op, lambda a, g=function: g(a, 1), f(2, 3), grad=False)
case("compare/isnan", torch.isnan, special, grad=False)
case("compare/isfinite", torch.isfinite, special, grad=False)
case("logical/not", torch.logical_not, bools([True, False]), dtypes=[torch.float32])
case("logical/and", torch.logical_and, bools([True, False]), bools([True, True]), dtypes=[torch.float32])
case("logical/or", torch.logical_or, bools([True, False]), bools([False, False]), dtypes=[torch.float32])
case("bool/all", torch.all, bools([True, False]), dtypes=[torch.float32])
case("bool/any", torch.any, bools([True, False]), dtypes=[torch.float32])
case("bool/sum", torch.sum, bools([True, False, True]), dtypes=[torch.float32])
case("int64/sum", torch.sum, ints([[1, 2], [3, 4]]), dtypes=[torch.float32])
case("int64/div", lambda a: a / 2, ints([1, 2, 3]), dtypes=[torch.float32])
case("int64/times half", lambda a: a * 0.5, ints([1, 2, 3]), dtypes=[torch.float32])
case("int64/plus one", lambda a: a + 1, ints([1, 2, 3]), dtypes=[torch.float32])
case("to/float32", lambda a: a.to(torch.float32), f(2, 3), dtypes=[torch.float64])
case("to/float64", lambda a: a.to(torch.float64), f(2, 3), dtypes=[torch.float32])
case("to/int64", lambda a: a.to(torch.int64), const([1.75, -1.75, 0.25, -0.0]), grad=False)
case("to/bool", lambda a: a.to(torch.bool), const([1.75, 0.0, -0.0, float("nan")]), grad=False)
case("to/from-int64", lambda a: a.to(torch.float32), ints([1, -3]), dtypes=[torch.float32])
case("to/from-bool", lambda a: a.to(torch.float32), bools([True, False]), dtypes=[torch.float32])
case("make/arange", lambda: torch.arange(5), dtypes=[torch.float32])
case("make/arange-step", lambda: torch.arange(1.0, 2.0, 0.3), dtypes=[torch.float32])
case("make/linspace", lambda: torch.linspace(-2, 3, 7), dtypes=[torch.float32])
case("make/linspace64", lambda: torch.linspace(-2, 3, 7, dtype=torch.float64), dtypes=[torch.float64])
case("make/eye", lambda: torch.eye(3), dtypes=[torch.float32])
case("make/full", lambda: torch.full((2, 2), 1.5), dtypes=[torch.float32])
case("make/zeros", lambda: torch.zeros(2, 3), dtypes=[torch.float32])
case("make/ones", lambda: torch.ones(2, 3, dtype=torch.float64), dtypes=[torch.float64])

# --- optimizers: 20 steps on recorded gradients ---------------------------------------------------------------------
def optimizer(name, make, two_groups=False, skip_second=False, halve_at=None):
    first, second = small(2, 3), small(3)
    gradients = [(small(2, 3), small(3)) for _ in range(20)]
    results = {}
    for dtype in FLOATS:
        a, b = typed_copy(first, dtype).requires_grad_(), typed_copy(second, dtype).requires_grad_()
        optim = make([{"params": [a]}, {"params": [b], "lr": 0.05}] if two_groups else [a, b])
        trace = []
        for step, (ga, gb) in enumerate(gradients, 1):
            if step == halve_at:
                for group in optim.param_groups:
                    group["lr"] *= 0.5
            a.grad = typed_copy(ga, dtype)
            b.grad = None if skip_second else typed_copy(gb, dtype)
            optim.step()
            if step in (1, 2, 5, 20):
                trace += [a.clone(), b.clone()]
        results[dtype] = (trace, None)
    emit("optimizer/" + name, [first, second] + [g for pair in gradients for g in pair], results)


optim = torch.optim
optimizer("adam", lambda p: optim.Adam(p, lr=0.01))
optimizer("adam betas eps", lambda p: optim.Adam(p, lr=0.02, betas=(0.5, 0.75), eps=0.01))
optimizer("adam weight decay", lambda p: optim.Adam(p, lr=0.01, weight_decay=0.1))
optimizer("adam amsgrad", lambda p: optim.Adam(p, lr=0.01, betas=(0.5, 0.75), amsgrad=True))
optimizer("adam maximize", lambda p: optim.Adam(p, lr=0.01, maximize=True))
optimizer("adam groups", lambda p: optim.Adam(p, lr=0.01), two_groups=True)
optimizer("adam no gradient", lambda p: optim.Adam(p, lr=0.01), skip_second=True)
optimizer("adam lower lr", lambda p: optim.Adam(p, lr=0.01), halve_at=6)
optimizer("sgd", lambda p: optim.SGD(p, lr=0.1))
optimizer("sgd momentum", lambda p: optim.SGD(p, lr=0.1, momentum=0.9))
optimizer("sgd dampening", lambda p: optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.5))
optimizer("sgd nesterov", lambda p: optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True))
optimizer("sgd weight decay", lambda p: optim.SGD(p, lr=0.1, weight_decay=0.1))
optimizer("sgd momentum weight decay", lambda p: optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1))
optimizer("sgd maximize", lambda p: optim.SGD(p, lr=0.1, maximize=True))
optimizer("sgd groups", lambda p: optim.SGD(p, lr=0.1), two_groups=True)


# --- clip_grad_norm_ ------------------------------------------------------------------------------------------------
for label, limit in {"clips": 1.0, "leaves": 100.0}.items():
    first, second, results = f(2, 3), f(3), {}
    for dtype in FLOATS:
        a, b = torch.zeros(2, 3, dtype=dtype, requires_grad=True), torch.zeros(3, dtype=dtype, requires_grad=True)
        a.grad, b.grad = typed_copy(first, dtype), typed_copy(second, dtype)
        total = torch.nn.utils.clip_grad_norm_([a, b], limit)
        results[dtype] = ([total, a.grad, b.grad], None)
    emit("clip_grad_norm_/" + label, [first, second], results)

# --- initialisers: bounds and spreads for a (64, 48) weight ---------------------------------------------------------
init = torch.nn.init


def spread(name, fill, bounded):
    weight = torch.empty(64, 48, dtype=torch.float64)
    torch.manual_seed(1)
    draws = torch.cat([fill(weight).clone() for _ in range(200)])
    bound = draws.abs().max().item() if bounded else None
    lines.append('{"name":"init/%s","shape":[64,48],"std":%s,"bound":%s}' % (name, "%.4g" % draws.std().item(), "null" if bound is None else "%.6g" % bound))


spread("kaiming_uniform_ a=sqrt(5)", lambda w: init.kaiming_uniform_(w, a=math.sqrt(5)), True)
spread("kaiming_uniform_ relu", lambda w: init.kaiming_uniform_(w, nonlinearity="relu"), True)
spread("kaiming_uniform_ fan_out", lambda w: init.kaiming_uniform_(w, mode="fan_out", nonlinearity="relu"), True)
spread("kaiming_normal_ relu", lambda w: init.kaiming_normal_(w, nonlinearity="relu"), False)
spread("xavier_uniform_", init.xavier_uniform_, True)
spread("xavier_uniform_ gain", lambda w: init.xavier_uniform_(w, gain=2.0), True)
spread("xavier_normal_", init.xavier_normal_, False)
spread("uniform_", lambda w: init.uniform_(w, -0.003, 0.003), True)
spread("normal_", lambda w: init.normal_(w, 0.0, 0.5), False)


# --- one DDPG agent, three updates ----------------------------------------------------------------------------------
def ddpg():
    sizes_policy, sizes_q = [(8, 3), (8,), (6, 8), (6,), (1, 6), (1,)], [(8, 4), (8,), (6, 8), (6,), (1, 6), (1,)]
    start = [small(*s) * 0.5 for s in sizes_policy + sizes_q]
    batches = [(f(5, 3), small(5, 1), f(5, 1), f(5, 3), const([0.0, 1.0, 0.0, 0.0, 1.0], (5, 1))) for _ in range(3)]
    results = {}

    def policy(w, s):
        return 2.0 * torch.tanh(F.linear(torch.relu(F.linear(torch.relu(F.linear(s, w[0], w[1])), w[2], w[3])), w[4], w[5]))

    def q(w, s, a):
        return F.linear(torch.relu(F.linear(torch.relu(F.linear(torch.cat([s, a], 1), w[0], w[1])), w[2], w[3])), w[4], w[5])

    for dtype in FLOATS:
        weights = [typed_copy(w, dtype).requires_grad_() for w in start]
        targets = [typed_copy(w, dtype) for w in start]
        policy_optim, q_optim = optim.Adam(weights[:6], lr=0.01), optim.Adam(weights[6:], lr=0.02)
        outputs = []
        for s, a, r, s2, terminated in batches:
            s, a, r, s2, terminated = (x.to(dtype) for x in (s, a, r, s2, terminated))
            with torch.no_grad():
                y = r + 0.99 * (1 - terminated) * q(targets[6:], s2, policy(targets[:6], s2))
            critic_loss = F.mse_loss(q(weights[6:], s, a), y)
            q_optim.zero_grad()
            critic_loss.backward()
            critic_gradients = [w.grad.clone() for w in weights[6:]]
            q_optim.step()
            chosen = policy(weights[:6], s)
            chosen.retain_grad()
            policy_loss = -q(weights[6:], s, chosen).mean()
            policy_optim.zero_grad()
            policy_loss.backward()
            policy_gradients = [w.grad.clone() for w in weights[:6]]
            policy_optim.step()
            with torch.no_grad():
                for t, w in zip(targets, weights):
                    t.mul_(1 - 0.1).add_(w, alpha=0.1)
            outputs += [y, critic_loss, policy_loss, chosen.grad]
            if len(outputs) == 4:
                outputs += critic_gradients + policy_gradients
        outputs += weights + targets
        results[dtype] = (outputs, None)
    emit("ddpg/three updates", start + [x for batch in batches for x in batch], results)


ddpg()

print('{"made by":"record_torch.py, PyTorch %s","cases":[' % torch.__version__)
print(",\n".join(lines))
print("]}")
print("%d cases" % len(lines), file=sys.stderr)
