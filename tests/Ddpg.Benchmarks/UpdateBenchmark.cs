using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Ddpg.Benchmarks;

/// <summary>Our update, PyTorch's and the bare products in alternating rounds, so that whatever else the machine does falls on all three.</summary>
internal sealed class UpdateBenchmark(int rounds, double secondsPerRound)
{
    private bool _missed;

    /// <summary>Prints the table; 1 if a row misses its floor.</summary>
    public int Run()
    {
        using PyTorch? pytorch = PyTorch.TryStart(out string reason);
        using OpenBlas? blas = OpenBlas.TryLoad();
        Console.WriteLine($"vectors of {SimdWidth.Bits} bits, {Environment.ProcessorCount} processors, {rounds} rounds of {secondsPerRound:F1} s each in alternation");
        Console.WriteLine(pytorch is null ? $"PyTorch: not measured ({reason})" : $"PyTorch {pytorch.Version}");
        Console.WriteLine(blas is null ? "OpenBLAS: not measured (no libopenblas.so.0)" : "yardstick: OpenBLAS, every product of the update and nothing else");
        Console.WriteLine();
        Console.WriteLine("batch, obs/act, nets   | threads | ours, updates/s | PyTorch       | ratio         | GFLOP/s | sgemm | share");
        Console.WriteLine("-----------------------|---------|-----------------|---------------|---------------|---------|-------|------------");
        foreach (Case row in Case.All) Measure(row, pytorch, blas);
        Console.WriteLine();
        ActionLatency();
        return _missed ? 1 : 0;
    }

    private void Measure(Case row, PyTorch? pytorch, OpenBlas? blas)
    {
        using var ours = new HandWrittenAgent(row);
        pytorch?.Configure(row);
        Statistics[] rates = [new(), new()], theirs = [new(), new()], yard = [new(), new()];
        // The first round only warms up.
        for (int round = -1; round < rounds; round++)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                torch.set_num_threads(threads);
                double rate = Rate(() => ours.Update());
                blas?.SetThreads(threads);
                double? gflops = blas is null ? null : Rate(() => blas.Multiply(row)) * row.Flops / 1e9;
                double? their = pytorch is null ? null : TheirRate(pytorch, threads);
                if (round < 0) continue;
                rates[threads - 1].Add(rate);
                if (gflops is { } g) yard[threads - 1].Add(g);
                if (their is { } t) theirs[threads - 1].Add(t);
            }
        }
        for (int i = 0; i < 2; i++) Print(row, i + 1, rates[i], theirs[i], yard[i], i == 0 ? row.RatioOne : row.RatioTwo, i == 0 ? row.ShareOne : row.ShareTwo);
    }

    private void Print(Case row, int threads, Statistics ours, Statistics theirs, Statistics yard, double ratioFloor, double shareFloor)
    {
        double gflops = ours.Median * row.Flops / 1e9;
        string ratio = Against(theirs.Any ? ours.Median / theirs.Median : null, ratioFloor, "F2", 1);
        string share = Against(yard.Any ? gflops / yard.Median : null, shareFloor, "F0", 100);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Name,-22} | {threads,7} | {ours.Show(),15} | {theirs.Show(),13} | {ratio,-13} | {gflops,7:F1} | {(yard.Any ? yard.Median.ToString("F0", CultureInfo.InvariantCulture) : "-"),5} | {share}"));
    }

    private string Against(double? value, double floor, string format, double scale)
    {
        if (value is not { } measured) return "not measured";
        string text = (measured * scale).ToString(format, CultureInfo.InvariantCulture) + (scale == 1 ? "x" : " %");
        if (measured >= floor) return text;
        _missed = true;
        return $"{text} BELOW FLOOR {(floor * scale).ToString("G3", CultureInfo.InvariantCulture)}";
    }

    private void ActionLatency()
    {
        torch.set_num_threads(1);
        using var agent = new HandWrittenAgent(Case.All[0]);
        float[] observation = [0.1f, -0.2f, 0.3f];
        var microseconds = new Statistics();
        for (int round = -1; round < rounds; round++)
        {
            double rate = Rate(() => agent.Act(observation));
            if (round >= 0) microseconds.Add(1e6 / rate);
        }
        bool missed = microseconds.Median > 15;
        _missed |= missed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"one action (batch 1, 256-256): {microseconds.Median:F1} us ±{microseconds.Spread * 100:F0}%{(missed ? " BELOW FLOOR 15 us" : "")}"));
    }

    private double Rate(Action action)
    {
        long start = Stopwatch.GetTimestamp(), end = start + (long)(secondsPerRound * Stopwatch.Frequency);
        int count = 0;
        do
        {
            action();
            count++;
        }
        while (Stopwatch.GetTimestamp() < end);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private double TheirRate(PyTorch pytorch, int threads)
    {
        double probe = pytorch.Run(threads, 3) / 3;
        int count = Math.Max(3, (int)(secondsPerRound / probe));
        return count / pytorch.Run(threads, count);
    }
}
