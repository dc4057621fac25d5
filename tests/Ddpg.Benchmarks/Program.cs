using System.Globalization;
using Ddpg.Benchmarks;

return args switch
{
    ["update"] => new UpdateBenchmark(rounds: 30, secondsPerRound: 0.1).Run(),
    ["busy"] => new UpdateBenchmark(rounds: 60, secondsPerRound: 0.15).RunBusy(),
    ["busy", "--only", var row] when Known(row) => new UpdateBenchmark(rounds: 60, secondsPerRound: 0.15, only: row).RunBusy(),
    ["spin"] => BusyProcesses.Spin(),
    ["action"] => new UpdateBenchmark(rounds: 60, secondsPerRound: 0.1).RunActionOnly(),
    ["step"] => new UpdateBenchmark(rounds: 7, secondsPerRound: 0.4).RunStepsOnly(),
    ["update", "--rounds", var rounds] when int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 =>
        new UpdateBenchmark(count, secondsPerRound: 0.1).Run(),
    ["update", "--only", var row] when Known(row) => new UpdateBenchmark(rounds: 30, secondsPerRound: 0.1, only: row).Run(),
    _ => Usage(),
};

static bool Known(string row) => Case.All.Any(c => c.Name.Contains(row, StringComparison.Ordinal));

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Ddpg.Benchmarks -- update [--rounds N | --only \"256, 3/1\"] | busy [--only …] | action | step");
    return 2;
}
