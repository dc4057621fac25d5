using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>What a session costs. Memory is asserted; times depend on the machine and on who else uses it, so they are reported, with generous bounds.</summary>
[Collection(Costs)]
public sealed class SessionCostTests(ITestOutputHelper log) : IDisposable
{
    public const string Costs = "costs";
    private const int Measured = 400;
    private const int Repetitions = 40;

    private readonly SessionFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_thousand_cells_grow_memory_by_less_than_80_MiB()
    {
        // The compiler itself is being compiled at first, tier by tier, which is memory of the process and not of the cells.
        for (int cell = 0; cell < Measured; cell++)
            await _fixture.Run("int warm = 1; warm + 1");
        long before = LiveBytes();
        var times = new List<double>();
        for (int cell = 0; cell < Measured; cell++)
        {
            long started = Stopwatch.GetTimestamp();
            await _fixture.Run(string.Create(CultureInfo.InvariantCulture, $"int x{cell} = {cell};\nx{cell} + 1"));
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        double growth = (LiveBytes() - before) / 1048576.0 * (1000.0 / Measured);
        times.Sort();
        log.WriteLine($"1,000 cells: {growth:F1} MiB more; a cell takes {times[Measured / 2]:F1} ms at the median, {times[Measured * 99 / 100]:F1} ms at the 99th percentile");
        Assert.True(growth < 80, $"{growth:F1} MiB");
    }

    [Fact]
    public async Task A_tight_loop_in_a_function_of_a_cell_is_as_fast_as_in_a_library()
    {
        await _fixture.Run("static double Sum(int n) { double sum = 0; for (int i = 0; i < n; i++) sum += i * 0.5; return sum; }\nstatic int Slow(int n) => n < 2 ? n : Slow(n - 1) + Slow(n - 2);");
        await _fixture.Run("for (int i = 0; i < 200; i++) Sum(20_000); for (int i = 0; i < 50; i++) Slow(15); await Task.Delay(300); for (int i = 0; i < 50; i++) { Sum(20_000); Slow(15); }");
        for (int i = 0; i < 200; i++)
        {
            Sum(20_000);
            Slow(10);
        }

        await Task.Delay(300);
        // A millisecond or two each, many times and in turns: on a busy machine some pass undisturbed on either side.
        (double libraryLoop, double libraryCall) = (double.MaxValue, double.MaxValue);
        (double loop, double call, double topLevel) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (int turn = 0; turn < 10; turn++)
        {
            for (int i = 0; i < Repetitions; i++)
            {
                libraryLoop = Math.Min(libraryLoop, Time(() => Sum(2_000_000)));
                libraryCall = Math.Min(libraryCall, Time(() => Slow(20)));
            }

            loop = Math.Min(loop, await BestInCell("Sum(2_000_000)"));
            call = Math.Min(call, await BestInCell("Slow(20)"));
            topLevel = Math.Min(topLevel, await TimeCell("double sum = 0; for (int i = 0; i < 2_000_000; i++) sum += i * 0.5;"));
        }

        log.WriteLine($"cell / library: loop in a function {loop / libraryLoop:F2}, recursion with its stack check {call / libraryCall:F2}, loop at top level {topLevel / libraryLoop:F2}");
        // Without optimisation it is 3.8 times.
        Assert.True(loop < 2 * libraryLoop, $"{loop / libraryLoop:F2}");
    }

    private async Task<double> BestInCell(string call)
    {
        RecordingOutput output = await _fixture.Run(
            $"double best = 1e9; for (int i = 0; i < {Repetitions}; i++) {{ var watch = System.Diagnostics.Stopwatch.StartNew(); {call}; best = Math.Min(best, watch.Elapsed.TotalSeconds); }}\nbest.ToString(\"R\")");
        return double.Parse(output.Result["text/plain"]!, CultureInfo.InvariantCulture);
    }

    private static double Sum(int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += i * 0.5;
        return sum;
    }

    private static int Slow(int n) => n < 2 ? n : Slow(n - 1) + Slow(n - 2);

    private static double Time<T>(Func<T> action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<double> TimeCell(string code)
    {
        RecordingOutput output = await _fixture.Run($"var watch = System.Diagnostics.Stopwatch.StartNew();\n{code}\nwatch.Elapsed.TotalSeconds.ToString(\"R\")");
        return double.Parse(output.Result["text/plain"]!, CultureInfo.InvariantCulture);
    }

    private static long LiveBytes()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}

/// <summary>Memory is the whole process's: nothing else may run beside these tests.</summary>
[CollectionDefinition(SessionCostTests.Costs, DisableParallelization = true)]
public sealed class CostsCollection;
