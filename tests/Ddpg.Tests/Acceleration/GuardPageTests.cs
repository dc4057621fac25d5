using System.Runtime.InteropServices;
using Ddpg.Acceleration;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Replay;
using Ddpg.Tests.Training;

namespace Ddpg.Tests.Acceleration;

/// <summary>No kernel reads or writes outside of a buffer: every buffer lies between pages without access, and a touch of one ends the process.</summary>
[Collection(Alone.Name)]
public sealed unsafe partial class GuardPageTests : IDisposable
{
    private const int Cases = 2_000;

    public void Dispose()
    {
        NativeBuffer.Guards = null;
        Scratch.Clear();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_of_any_shape_stay_inside_their_buffers(bool guardBefore)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "guard pages are made with mmap and mprotect of Linux");
        var guards = new GuardedMemory(guardBefore);
        NativeBuffer.Guards = guards;
        for (int seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            using var settings = new KernelSettings(128 << random.Next(3), 1);
            Scratch.Clear();
            int m = Size(random), n = Size(random), k = Size(random);
            NativeBuffer a = new(m * k), b = new(k * n), c = new(m * n), bias = new(n);
            Matrix left = random.Next(2) == 0 ? new Matrix(a.Data, k, 1) : new Matrix(a.Data, 1, m), right = random.Next(2) == 0 ? new Matrix(b.Data, n, 1) : new Matrix(b.Data, 1, k);
            Gemm.Multiply(m, n, k, left, right, c.Data, n, random.Next(2) == 0 ? bias.Data : null);
            LaneSums.Down(c.Data, m, n, bias.Data);
            Rows.Unary(default(HyperbolicTangent), c.Data, c.Data, c.Count);
            Rows.Binary(default(PassPositive), c.Data, c.Data, c.Data, c.Count);
            GC.KeepAlive((a, b, c, bias));
        }
        Assert.True(guards.Count > 4 * Cases, $"only {guards.Count} buffers were guarded");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Updates_of_any_network_stay_inside_their_buffers(bool guardBefore)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "guard pages are made with mmap and mprotect of Linux");
        var guards = new GuardedMemory(guardBefore);
        NativeBuffer.Guards = guards;
        for (int seed = 0; seed < Cases / 10; seed++)
        {
            var random = new Random(seed);
            using var settings = new KernelSettings(128 << random.Next(3), 1);
            Scratch.Clear();
            Hyperparameters hyperparameters = Hyperparameters.Post with
            {
                HiddenSizes = [Size(random), Size(random)],
                MinibatchSize = Size(random),
                Critics = random.Next(1, 3),
                PolicyLayerNorm = random.Next(2) == 0,
                CriticLayerNorm = random.Next(2) == 0,
            };
            (int observation, int action) = (random.Next(1, 20), random.Next(1, 8));
            var agent = new DdpgAgent(new Box(-1, 1, observation), new Box(-2, 2, action), hyperparameters, (ulong)seed);
            var minibatch = new Minibatch(hyperparameters.MinibatchSize, observation, action);
            for (int update = 0; update < 3; update++)
            {
                minibatch.Rewards[0] = update;
                Assert.True(float.IsFinite(agent.Update(minibatch).CriticLoss));
            }
            agent.Act(new float[observation]);
        }
        Assert.True(guards.Count > 2 * Cases, $"only {guards.Count} buffers were guarded");
    }

    /// <summary>
    /// That the pages catch what they are there for: the system itself is asked to read the byte (it writes it to a pipe), and says EFAULT where our own
    /// read would end the process.
    /// </summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_byte_outside_of_a_buffer_cannot_be_read(bool guardBefore)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "guard pages are made with mmap and mprotect of Linux");
        NativeBuffer.Guards = new GuardedMemory(guardBefore);
        var buffer = new NativeBuffer(7);
        nint first = (nint)buffer.Data, beyond = first + (7 * sizeof(float));
        Assert.Equal((true, true), (CanBeRead(first), CanBeRead(beyond - 1)));
        Assert.False(CanBeRead(guardBefore ? first - 1 : beyond));
        GC.KeepAlive(buffer);
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

    private static int Size(Random random) => random.Next(4) == 0 ? random.Next(1, 150) : random.Next(1, 40);
}
