using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Ddpg.Acceleration;
using Ddpg.Agents;
using Ddpg.Training;
using TorchSharp;

namespace Ddpg.Benchmarks;

/// <summary>Our update, PyTorch's and the bare products in alternating rounds, so that whatever else the machine does falls on all of them.</summary>
internal sealed class UpdateBenchmark(int rounds, double secondsPerRound, string only = "")
{
    private const string Header = "batch, obs/act, nets | threads | fused, updates/s | with sampling | autograd | hand-written | PyTorch       | ratio        | autograd's ratio | GFLOP/s | sgemm | share       |";

    /// <summary>Two threads must not fall below one beside busy processes; a twentieth is the system's share-out from round to round.</summary>
    private const double BusyFloor = 0.95;

    /// <summary>Code is compiled again while it runs.</summary>
    private const int WarmRounds = 8;

    private readonly List<string> _missed = [];

    /// <summary>Prints the table; 1 if a row misses its floor.</summary>
    public int Run()
    {
        using PyTorch? pytorch = PyTorch.TryStart(out string reason);
        using OpenBlas? blas = OpenBlas.TryLoad();
        Console.WriteLine($"vectors of {Vector<byte>.Count * 8} bits, {Environment.ProcessorCount} processors, {rounds} rounds of {secondsPerRound.ToString(CultureInfo.InvariantCulture)} s each in alternation; medians ± half the quartiles' distance, ratios and shares within a round");
        Console.WriteLine(pytorch is null ? $"PyTorch: not measured ({reason})" : $"PyTorch {pytorch.Version}, critic frozen in the policy's step, foreach soft updates");
        Console.WriteLine(blas is null ? "OpenBLAS: not measured (no libopenblas.so.0)" : "sgemm: OpenBLAS, every product of the update and nothing else, in GFLOP/s");
        Console.WriteLine();
        Console.WriteLine(Header);
        Console.WriteLine(new string('-', Header.Length));
        foreach (Case row in Case.All.Where(c => c.Name.Contains(only, StringComparison.Ordinal))) Measure(row, pytorch, blas);
        Console.WriteLine();
        return RunStepsOnly();
    }

    /// <summary>One action and nothing else.</summary>
    public int RunActionOnly()
    {
        ActionLatency();
        return Verdict();
    }

    /// <summary>What an acting and learning agent pays around its updates.</summary>
    public int RunStepsOnly()
    {
        ActionLatency();
        FullStep();
        return Verdict();
    }

    private void Measure(Case row, PyTorch? pytorch, OpenBlas? blas)
    {
        KitAgent kit = new(row), autograd = new(row, UpdateMethod.Autograd);
        using var reader = new HandWrittenAgent(row);
        pytorch?.Configure(row);
        Measurement[] results = [new(), new()];
        var order = new Random(1);
        for (int round = -WarmRounds; round < rounds; round++)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                SetThreads(threads);
                blas?.SetThreads(threads);
                Measurement m = round < 0 ? new Measurement() : results[threads - 1];
                var measure = new List<Action>
                {
                    () => m.Ours.Add(Rate(kit.Update)),
                    () => m.WithSampling.Add(Rate(kit.SampleAndUpdate)),
                    () => m.Autograd.Add(AndSettle(threads, Rate(autograd.Update))),
                    () => m.Reader.Add(AndSettle(threads, Rate(() => reader.Update()))),
                };
                if (pytorch is not null) measure.Add(() => m.Theirs.Add(AndSettle(threads, TheirRate(pytorch, threads))));
                if (blas is not null) measure.Add(() => m.Yardstick.Add(AndSettle(threads, Rate(() => blas.Multiply(row)) * row.Flops / 1e9)));
                // In another order each round: what the one before leaves in caches and clocks falls on all alike.
                Action[] shuffled = [.. measure];
                order.Shuffle(shuffled);
                foreach (Action next in shuffled) next();
            }
        }
        // PyTorch may be faster on one thread: it is compared at its best setting.
        Statistics best = results[1].Theirs.Any && results[1].Theirs.Median > results[0].Theirs.Median ? results[1].Theirs : results[0].Theirs;
        Print(row, 1, results[0], results[0].Theirs, row.RatioOne, row.ShareOne);
        Print(row, 2, results[1], best, row.RatioTwo, row.ShareTwo);
    }

    private void Print(Case row, int threads, Measurement m, Statistics theirs, double ratioFloor, double shareFloor)
    {
        string where = $"{row.Name} on {threads} thread{(threads == 1 ? "" : "s")}";
        string ratio = Against($"{where}, against PyTorch", m.Ours.Over(theirs), ratioFloor, value => value.ToString("F2", CultureInfo.InvariantCulture) + "x");
        string share = Against($"{where}, share of sgemm", m.Ours.Times(row.Flops / 1e9).Over(m.Yardstick), shareFloor, Percent);
        string theirAutograd = Against($"{where}, autograd against PyTorch", m.Autograd.Over(theirs), threads == 1 ? row.AutogradRatio : 0, value => value.ToString("F2", CultureInfo.InvariantCulture) + "x");
        string yard = m.Yardstick.Any ? m.Yardstick.Median.ToString("F0", CultureInfo.InvariantCulture) : "-";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Name,-20} | {threads,7} | {m.Ours.Show(),16} | {m.WithSampling.Median,13:F0} | {m.Autograd.Median,8:F0} | {m.Reader.Median,12:F0} | {m.Theirs.Show(),13} | {ratio,12} | {theirAutograd,16} | {m.Ours.Median * row.Flops / 1e9,7:F1} | {yard,5} | {share,11} |{(ratio.Contains('!') || theirAutograd.Contains('!') || share.Contains('!') ? " BELOW FLOOR" : "")}"));
    }

    private string Against(string what, Statistics measured, double floor, Func<double, string> show) =>
        measured.Any ? $"{Against(what, measured.Median, floor, show)} ±{measured.Spread * 100,2:F0}%" : "not measured";

    private string Against(string what, double measured, double floor, Func<double, string> show)
    {
        if (measured >= floor) return show(measured);
        _missed.Add($"{what}: {show(measured)}, floor {show(floor)}");
        return show(measured) + "!";
    }

    private static string Percent(double share) => (share * 100).ToString("F0", CultureInfo.InvariantCulture) + "%";

    private void ActionLatency()
    {
        SetThreads(1);
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

    /// <summary>
    /// Pendulum at batch 256, 256-256: what share of a whole training step is the update. Both are timed within the same steps,
    /// and rounds of the kit's own Trainer alternate with them, to show that it does no more than these steps do.
    /// </summary>
    private void FullStep()
    {
        SetThreads(2);
        var byHand = new PendulumSteps();
        Trainer trainer = byHand.MakeTrainer();
        trainer.Train(1_200);
        (Statistics Share, Statistics Step, Statistics Trainer) results = (new(), new(), new());
        for (int round = -2; round < rounds; round++)
        {
            (double step, double update) = byHand.Run(secondsPerRound);
            int steps = Math.Max(20, (int)(secondsPerRound / step));
            long start = Stopwatch.GetTimestamp();
            trainer.Train(trainer.Step + steps);
            if (round < 0) continue;
            results.Share.Add(update / step);
            results.Step.Add(step * 1e6);
            results.Trainer.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps);
        }
        string share = Against("the update's share of a whole training step", results.Share.Median, 0.9, value => (value * 100).ToString("F1", CultureInfo.InvariantCulture) + "%");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a whole training step of Pendulum (act, environment, store, sample, update; batch 256, 256-256): {share} of its time is inside the update, to be at least 90%"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  one step {results.Step.Median:F0} us ± {results.Step.Spread * 100:F0}%; one of the kit's Trainer {results.Trainer.Median:F0} us ± {results.Trainer.Spread * 100:F0}%"));
    }

    /// <summary>One thread and two in alternation while a process of endless loops sits on every processor; 1 if two threads fall below one.</summary>
    public int RunBusy()
    {
        using var load = new BusyProcesses(Environment.ProcessorCount);
        Console.WriteLine($"{Environment.ProcessorCount} processors, each with a process beside ours that never rests; {rounds} rounds of {secondsPerRound.ToString(CultureInfo.InvariantCulture)} s each in alternation; medians ± half the quartiles' distance, ratios within a round");
        foreach (Case row in Case.All.Where(c => c.Name.Contains(only, StringComparison.Ordinal)))
        {
            var kit = new KitAgent(row);
            Statistics[] ours = [new(), new()];
            for (int round = -2; round < rounds; round++)
            {
                for (int threads = 1; threads <= 2; threads++)
                {
                    SetThreads(threads);
                    double rate = Rate(kit.Update);
                    if (round >= 0) ours[threads - 1].Add(rate);
                }
            }
            string ratio = Against($"{row.Name} on a busy machine, two threads against one", ours[1].Over(ours[0]), BusyFloor, value => value.ToString("F2", CultureInfo.InvariantCulture) + "x");
            Console.WriteLine($"{row.Name,-20} | 1 thread {ours[0].Show()} updates/s | 2 threads {ours[1].Show()} updates/s | {ratio}{(ratio.Contains('!') ? " BELOW FLOOR" : "")}");
        }
        return Verdict();
    }

    private int Verdict()
    {
        Console.WriteLine();
        foreach (string miss in _missed) Console.WriteLine("BELOW FLOOR: " + miss);
        if (_missed.Count == 0) Console.WriteLine("every measured floor is reached");
        return _missed.Count == 0 ? 0 : 1;
    }

    /// <summary>Of the fused update and of libtorch.</summary>
    private static void SetThreads(int threads)
    {
        UpdateThreads.Count = threads;
        torch.set_num_threads(threads);
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

    /// <summary>Threads of theirs go on spinning for a moment after their work: what comes next shall not share a processor with them.</summary>
    private static double AndSettle(int threads, double rate)
    {
        if (threads > 1) Thread.Sleep(200);
        return rate;
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
        public Statistics Autograd { get; } = new();
        public Statistics Reader { get; } = new();
        public Statistics Theirs { get; } = new();
        public Statistics Yardstick { get; } = new();
    }
}
