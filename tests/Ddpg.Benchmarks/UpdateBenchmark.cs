using System.Diagnostics;
using System.Globalization;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Networks;
using Ddpg.Training;
using TorchSharp;

namespace Ddpg.Benchmarks;

/// <summary>Our update, PyTorch's and the bare products in alternating rounds, so that whatever else the machine does falls on all of them.</summary>
internal sealed class UpdateBenchmark(int rounds, double secondsPerRound, string only = "")
{
    private const string Header = "batch, obs/act, nets | threads | ours, updates/s | with sampling | hand-written | PyTorch       | ratio  | GFLOP/s | sgemm | share  |";

    private readonly List<string> _missed = [];

    /// <summary>Prints the table; 1 if a row misses its floor.</summary>
    public int Run()
    {
        using PyTorch? pytorch = PyTorch.TryStart(out string reason);
        using OpenBlas? blas = OpenBlas.TryLoad();
        Console.WriteLine($"vectors of {SimdWidth.Bits} bits, {Environment.ProcessorCount} processors, {rounds} rounds of {secondsPerRound.ToString(CultureInfo.InvariantCulture)} s each in alternation; medians ± half the quartiles' distance");
        Console.WriteLine(pytorch is null ? $"PyTorch: not measured ({reason})" : $"PyTorch {pytorch.Version}, critic frozen in the policy's step, foreach soft updates");
        Console.WriteLine(blas is null ? "OpenBLAS: not measured (no libopenblas.so.0)" : "sgemm: OpenBLAS, every product of the update and nothing else, in GFLOP/s");
        Console.WriteLine();
        Console.WriteLine(Header);
        Console.WriteLine(new string('-', Header.Length));
        foreach (Case row in Case.All.Where(c => c.Name.Contains(only, StringComparison.Ordinal))) Measure(row, pytorch, blas);
        Console.WriteLine();
        return RunStepsOnly();
    }

    /// <summary>What an acting and learning agent pays around its updates.</summary>
    public int RunStepsOnly()
    {
        ActionLatency();
        FullStep();
        Console.WriteLine();
        foreach (string miss in _missed) Console.WriteLine("BELOW FLOOR: " + miss);
        if (_missed.Count == 0) Console.WriteLine("every measured floor is reached");
        return _missed.Count == 0 ? 0 : 1;
    }

    private void Measure(Case row, PyTorch? pytorch, OpenBlas? blas)
    {
        var kit = new KitAgent(row);
        using var reader = new HandWrittenAgent(row);
        pytorch?.Configure(row);
        var results = new[] { new Measurement(), new Measurement() };
        // The first two rounds only warm up: code is compiled again while it runs.
        for (int round = -2; round < rounds; round++)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                torch.set_num_threads(threads);
                blas?.SetThreads(threads);
                var sink = round < 0 ? new Measurement() : results[threads - 1];
                sink.Ours.Add(Rate(kit.Update));
                if (blas is not null) sink.Yardstick.Add(Rate(() => blas.Multiply(row)) * row.Flops / 1e9);
                if (pytorch is not null) sink.Theirs.Add(TheirRate(pytorch, threads));
                sink.WithSampling.Add(Rate(kit.SampleAndUpdate));
                sink.Reader.Add(Rate(() => reader.Update()));
            }
        }
        // PyTorch may be faster on one thread: it is compared at its best setting.
        double best = pytorch is null ? 0 : Math.Max(results[0].Theirs.Median, results[1].Theirs.Median);
        Print(row, 1, results[0], results[0].Theirs.Any ? results[0].Theirs.Median : null, row.RatioOne, row.ShareOne);
        Print(row, 2, results[1], best > 0 ? best : null, row.RatioTwo, row.ShareTwo);
    }

    private void Print(Case row, int threads, Measurement m, double? theirs, double ratioFloor, double shareFloor)
    {
        double gflops = m.Ours.Median * row.Flops / 1e9;
        string where = $"{row.Name} on {threads} thread{(threads == 1 ? "" : "s")}";
        string ratio = Against($"{where}, against PyTorch", m.Ours.Median / theirs, ratioFloor, value => value.ToString("F2", CultureInfo.InvariantCulture) + "x");
        string share = Against($"{where}, share of sgemm", m.Yardstick.Any ? gflops / m.Yardstick.Median : null, shareFloor, Percent);
        string yard = m.Yardstick.Any ? m.Yardstick.Median.ToString("F0", CultureInfo.InvariantCulture) : "-";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Name,-20} | {threads,7} | {m.Ours.Show(),15} | {m.WithSampling.Median,13:F0} | {m.Reader.Median,12:F0} | {m.Theirs.Show(),13} | {ratio,6} | {gflops,7:F1} | {yard,5} | {share,6} |{(ratio[^1] == '!' || share[^1] == '!' ? " BELOW FLOOR" : "")}"));
    }

    private string Against(string what, double? value, double floor, Func<double, string> show)
    {
        if (value is not { } measured) return "not measured";
        if (measured >= floor) return show(measured);
        _missed.Add($"{what}: {show(measured)}, floor {show(floor)}");
        return show(measured) + "!";
    }

    private static string Percent(double share) => (share * 100).ToString("F0", CultureInfo.InvariantCulture) + "%";

    private void ActionLatency()
    {
        torch.set_num_threads(1);
        var kit = new KitAgent(Case.All[0]);
        var microseconds = new Statistics();
        for (int round = -2; round < rounds; round++)
        {
            double rate = Rate(kit.Act);
            if (round >= 0) microseconds.Add(1e6 / rate);
        }
        double median = microseconds.Median;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one action (batch 1, 3/1, 256-256): {median:F1} us ± {microseconds.Spread * 100:F0}%, to be under 15 us"));
        if (median > 15) _missed.Add(string.Create(CultureInfo.InvariantCulture, $"one action takes {median:F1} us, over 15 us"));
    }

    /// <summary>Pendulum at batch 256, 256-256: what share of a whole training step is the update.</summary>
    private void FullStep()
    {
        torch.set_num_threads(2);
        var hyperparameters = Hyperparameters.Pendulum with
        {
            HiddenSizes = LayerSizes.Create([256, 256]),
            MinibatchSize = 256,
        };
        IEnvironment environment = EnvironmentRegistry.Make("Pendulum-v1");
        // Without an evaluator, nothing but training is timed.
        var trainer = new Trainer(environment, new DdpgAgent(environment.ObservationSpace, environment.ActionSpace, hyperparameters, seed: 1));
        trainer.Train(1_200);
        var kit = new KitAgent(Case.All[2]);
        var share = new Statistics();
        for (int round = -2; round < rounds; round++)
        {
            double update = 1 / Rate(kit.Update);
            long start = Stopwatch.GetTimestamp();
            int steps = Math.Max(20, (int)(secondsPerRound / update));
            trainer.Train(trainer.Step + steps);
            double step = Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
            if (round >= 0) share.Add(update / step);
        }
        string text = Against("the update's share of a whole training step", share.Median, 0.9, Percent);
        Console.WriteLine($"a whole training step of Pendulum (act, environment, store, sample, update; batch 256, 256-256): {text} of it is the update, to be at least 90%");
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

    private sealed class Measurement
    {
        public Statistics Ours { get; } = new();
        public Statistics WithSampling { get; } = new();
        public Statistics Reader { get; } = new();
        public Statistics Theirs { get; } = new();
        public Statistics Yardstick { get; } = new();
    }
}
