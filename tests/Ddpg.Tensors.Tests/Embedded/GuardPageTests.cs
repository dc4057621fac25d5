using System.Runtime.InteropServices;
using Ddpg.Tensors.Tests.Fuzz;

namespace Ddpg.Tensors.Tests.Embedded;

/// <summary>No kernel reads or writes outside of a buffer: every buffer lies between pages without access, and a touch of one ends the process.</summary>
[Collection(Alone.Name)]
public sealed partial class GuardPageTests : IDisposable
{
    private const int Cases = 10_000;

    private readonly int _threads = get_num_threads();
    private readonly int _bits = SimdWidth.Bits;
    private readonly long _leastCost = Workers.LeastCost;

    public void Dispose()
    {
        NativePool.Guards = null;
        Workers.LeastCost = _leastCost;
        set_num_threads(_threads);
        SimdWidth.Bits = _bits;
    }

    /// <summary>A case is a random program of the fuzzer, or a few lines of a network of odd sizes, whose kernels have vectors, tails and panels.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ten_thousand_cases_stay_inside_their_buffers(bool guardBefore)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "guard pages are made with mmap and mprotect of Linux");
        var guards = new GuardedMemory(guardBefore);
        NativePool.Guards = guards;
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            SimdWidth.Bits = 128 << random.Next(3);
            set_num_threads(1 + random.Next(2));
            Workers.LeastCost = random.Next(2) == 0 ? 0 : _leastCost;
            if (seed % 2 == 0) new Fuzzer(seed).Run();
            else Network(random);
        }
        Assert.True(guards.Count > 20 * Cases, $"only {guards.Count} buffers were guarded");
    }

    /// <summary>
    /// That the pages catch what they are there for: the system itself is asked to read the byte (it writes it to a pipe), and says EFAULT where our own
    /// read would end the process.
    /// </summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_byte_outside_of_a_tensor_cannot_be_read(bool guardBefore)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "guard pages are made with mmap and mprotect of Linux");
        NativePool.Guards = new GuardedMemory(guardBefore);
        using Tensor x = ones(7);
        nint first, beyond;
        unsafe
        {
            first = (nint)x.Pointer<float>();
            beyond = first + (7 * sizeof(float));
        }
        Assert.Equal((true, true), (CanBeRead(first), CanBeRead(beyond - 1)));
        Assert.False(CanBeRead(guardBefore ? first - 1 : beyond));
    }

    private static bool CanBeRead(nint address)
    {
        const int BadAddress = 14;
        int[] ends = new int[2];
        Assert.Equal(0, Pipe(ends));
        nint written = Write(ends[1], address, 1);
        int error = Marshal.GetLastPInvokeError();
        _ = (Close(ends[0]), Close(ends[1]));
        Assert.True(written == 1 || error == BadAddress, $"write failed with error {error}");
        return written == 1;
    }

    [LibraryImport("libc", EntryPoint = "pipe")]
    private static partial int Pipe(int[] ends);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, nint data, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    private static void Network(Random random)
    {
        using DisposeScope scope = NewDisposeScope();
        int batch = Size(random), inputs = Size(random), hidden = Size(random), outputs = random.Next(1, 20);
        Linear first = nn.Linear(inputs, hidden), last = nn.Linear(hidden, outputs);
        Parameter[] parameters = [.. first.parameters(), .. last.parameters()];
        Tensor x = randn(batch, inputs, requires_grad: random.Next(2) == 0);
        if (random.Next(3) == 0) x = randn(inputs, batch).t();
        if (random.Next(3) == 0) x = randn(batch, inputs + 3).slice(1, 2, inputs + 2, 1);
        Tensor y = F.relu(first.call(x), inplace: random.Next(2) == 0);
        if (random.Next(3) == 0) y = F.layer_norm(y, [hidden]);
        if (random.Next(3) == 0) y = cat([y.slice(1, 0, hidden / 2, 1), y.slice(1, hidden / 2, hidden, 1)], 1);
        y = last.call(y).tanh();
        Tensor loss = random.Next(2) == 0 ? F.mse_loss(y, zeros_like(y)) : y.square().sum([0]).mean() + y.exp().sum([1]).sum();
        loss.backward();
        OptimizerHelper optimizer = random.Next(2) == 0 ? optim.Adam(parameters, weight_decay: 0.01) : optim.SGD(parameters, 0.01, momentum: 0.9);
        optimizer.step();
        using (no_grad())
        {
            foreach (Parameter p in parameters) zeros_like(p).mul_(0.995).add_(p, alpha: 0.005);
            randn(batch, hidden).mm(randn(hidden, outputs)).sum().item<float>();
            randn(hidden, batch).t().mm(randn(hidden, outputs)).max().item<float>();
        }
        optimizer.Dispose();
    }

    private static int Size(Random random) => random.Next(4) == 0 ? random.Next(1, 150) : random.Next(1, 40);
}
