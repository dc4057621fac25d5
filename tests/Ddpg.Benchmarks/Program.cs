using System.Globalization;
using Ddpg.Benchmarks;

return args switch
{
    ["update"] => new UpdateBenchmark(rounds: 7, secondsPerRound: 0.4).Run(),
    ["step"] => new UpdateBenchmark(rounds: 7, secondsPerRound: 0.4).RunStepsOnly(),
    ["update", "--rounds", var rounds] when int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 =>
        new UpdateBenchmark(count, secondsPerRound: 0.4).Run(),
    ["update", "--only", var row] when Case.All.Any(c => c.Name.Contains(row, StringComparison.Ordinal)) => new UpdateBenchmark(rounds: 7, secondsPerRound: 0.4, only: row).Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Ddpg.Benchmarks -- update [--rounds N | --only \"256, 3/1\"] | step");
    return 2;
}
