using System.Globalization;

namespace Ddpg.Tensors.Tests.Fuzz;

/// <summary>
/// One random program: a few tensors of random shapes and types (zero-sized dimensions, NaN and infinities among them), a few operations on
/// whatever came before, fitting or not, and a backward pass. Each line of the transcript is a value or the fact that the step failed.
/// </summary>
public sealed class Fuzzer
{
    private static readonly double[] Odd = [0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e30, 1e-30];

    public static readonly string? TranscriptPath = Environment.GetEnvironmentVariable("DDPG_FUZZ_TRANSCRIPT");

    private readonly Random _random;
    private readonly List<Tensor> _tensors = [];
    private readonly List<Tensor> _leaves = [];
    private readonly bool _tame;

    public Fuzzer(int seed)
    {
        _random = new Random(seed);
        _tame = seed % 4 != 0; // three of four programs without NaN and infinities, so that their values can be compared closely
    }

    public List<string> Transcript { get; } = [];

    /// <summary>Exceptions that a user should never see.</summary>
    public List<Exception> Crashes { get; } = [];

    public void Run()
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            Add(Make());
        }
        for (int step = _random.Next(1, 9); step > 0; step--)
        {
            Step();
        }
        Attempt("backward", () =>
        {
            Tensor? last = _tensors.LastOrDefault(t => t.is_floating_point() && t.requires_grad);
            last?.sum().backward();
            return null;
        });
        foreach (Tensor leaf in _leaves)
        {
            Tensor? gradient = leaf.grad;
            Transcript.Add("grad " + (gradient is null ? "none" : Text(gradient)));
        }
    }

    private void Add(Tensor tensor)
    {
        _tensors.Add(tensor);
        Transcript.Add(Text(tensor));
    }

    private long[] Shape() => [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => (long)(_random.Next(8) == 0 ? 0 : _random.Next(1, 5)))];

    private Tensor Make()
    {
        long[] shape = _tensors.Count > 0 && _random.Next(2) == 0 ? Related(Pick().shape) : Shape();
        double[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => Number())];
        Tensor tensor = _random.Next(8) switch
        {
            0 => torch.tensor(values.Select(v => double.IsFinite(v) && Math.Abs(v) < 100 ? (long)v : 7L).ToArray()).reshape(shape),
            1 => torch.tensor(values.Select(v => v > 0).ToArray()).reshape(shape),
            <= 4 => torch.tensor(values).reshape(shape),
            _ => torch.tensor(values.Select(v => (float)v).ToArray()).reshape(shape),
        };
        if (tensor.is_floating_point() && _random.Next(3) > 0)
        {
            tensor.requires_grad = true;
            _leaves.Add(tensor);
        }
        return tensor;
    }

    private double Number() => !_tame && _random.Next(6) == 0 ? Odd[_random.Next(Odd.Length)] : _random.Next(-32, 33) / 16.0;

    /// <summary>A shape that may broadcast with the given one.</summary>
    private long[] Related(long[] shape)
    {
        long[] related = [.. shape.Select(d => _random.Next(4) == 0 ? 1 : d)];
        return _random.Next(4) == 0 && related.Length > 0 ? related[1..] : related;
    }

    private Tensor Pick() => _tensors[_random.Next(_tensors.Count)];

    private long Dim() => _random.Next(-3, 4);

    private void Step()
    {
        (string name, Func<Tensor?> action) = Choose();
        Attempt(name, action);
    }

    private void Attempt(string name, Func<Tensor?> action)
    {
        try
        {
            if (action() is { } result)
            {
                _tensors.Add(result);
                Transcript.Add($"{name} {Text(result)}");
            }
        }
        catch (Exception error)
        {
            Transcript.Add($"{name} error");
            if (error is NullReferenceException or IndexOutOfRangeException or ArithmeticException or InvalidCastException or KeyNotFoundException or OutOfMemoryException || error.Message.Length < 10)
            {
                Crashes.Add(error);
            }
        }
    }

    private (string Name, Func<Tensor?> Action) Choose()
    {
        Tensor a = Pick(), b = Pick();
        long d = Dim(), e = Dim();
        int n = _random.Next(-1, 4);
        double s = Number();
        if (_random.Next(5) == 0)
        {
            return ("make", Make);
        }
        return _random.Next(46) switch
        {
            0 => ("add", () => a + b),
            1 => ("sub", () => a - b),
            2 => ("mul", () => a * b),
            3 => ("div", () => a / b),
            4 => ("add scalar", () => a + s),
            5 => ("mul scalar", () => a * s),
            6 => ("neg", () => -a),
            7 => ("abs", () => a.abs()),
            8 => ("exp", () => a.exp()),
            9 => ("tanh", () => a.tanh()),
            10 => ("relu", () => a.relu()),
            11 => ("square", () => a.square()),
            12 => ("sigmoid", () => a.sigmoid()),
            13 => ("clamp", () => a.clamp(-0.5, 0.75)),
            14 => ("minimum", () => minimum(a, b)),
            15 => ("maximum", () => maximum(a, b)),
            16 => ("sum", () => a.sum()),
            17 => ("sum dim", () => a.sum(d, keepdim: n > 1)),
            18 => ("mean", () => a.mean()),
            19 => ("mean dim", () => a.mean([d], keepdim: n > 1)),
            20 => ("max dim", () => a.max(d, n > 1).values),
            21 => ("argmax", () => a.argmax(d)),
            22 => ("t", () => a.t()),
            23 => ("transpose", () => a.transpose(d, e)),
            24 => ("unsqueeze", () => a.unsqueeze(d)),
            25 => ("squeeze", () => n > 1 ? a.squeeze() : a.squeeze(d)),
            26 => ("reshape", () => a.reshape(-1)),
            27 => ("reshape 2", () => a.reshape(2, -1)),
            28 => ("select", () => a.select(d, n)),
            29 => ("slice", () => a.slice(d, n, n + 2, 1 + Math.Abs(e % 2))),
            30 => ("expand", () => a.expand_as(b)),
            31 => ("matmul", () => Multiplies(a, b) ? a.matmul(b) : throw new NotSupportedException("not multipliable, and TorchSharp would abort")),
            32 => ("mm", () => a.mm(b.t())),
            33 => ("cat", () => cat([a, b], d)),
            34 => ("stack", () => stack([a, b], d)),
            35 => ("linear", () => F.linear(a, b)),
            36 => ("mse", () => F.mse_loss(a, b)),
            37 => ("layer_norm", () => F.layer_norm(a, a.shape.Length == 0 ? [1] : [a.shape[^1]])),
            38 => ("to", () => a.to(n > 1 ? ScalarType.Float32 : ScalarType.Float64)),
            39 => ("gt", () => a > b),
            40 => ("where", () => where(a > 0, a, b)),
            41 => ("add_", () => Changed(a, () => a.add_(b))),
            42 => ("mul_", () => Changed(a, () => a.mul_(s))),
            43 => ("fill row", () => Changed(a, () => a.select(0, n).fill_(s))),
            44 => ("detach", () => a.detach()),
            _ => ("clone", () => a.clone()),
        };
    }

    /// <summary>With a transcript: TorchSharp 0.107 ends the process where matmul's shapes do not fit, so such steps are left out on both stacks.</summary>
    private static bool Multiplies(Tensor a, Tensor b) => TranscriptPath is null
        || (a.dim() is 1 or 2 && b.dim() is 1 or 2 && a.shape[^1] == b.shape[0] && a.dtype == b.dtype && a.is_floating_point());

    private static Tensor Changed(Tensor a, Action change)
    {
        change();
        return a.detach();
    }

    private static string Text(Tensor tensor) =>
        $"{tensor.dtype} ({string.Join(",", tensor.shape)}) {string.Join(" ", Close.Values(tensor).Select(v => v.ToString("G9", CultureInfo.InvariantCulture)))}";
}
