using System.Globalization;

namespace Ddpg.Tensors.Tests.Fuzz;

/// <summary>
/// 10,000 random programs end in a value or in an exception with a message; in the embedded build every buffer is followed by a canary that is
/// checked when it is freed. With DDPG_FUZZ_TRANSCRIPT=file, all values are written there, so that two stacks can be compared line by line.
/// </summary>
public class FuzzTests
{
    private static readonly int Programs = Fuzzer.TranscriptPath is null ? 10_000 : 2_000;

    [Fact]
    public void Ten_thousand_random_programs_never_crash()
    {
        using TextWriter? transcript = Fuzzer.TranscriptPath is null ? null : new StreamWriter(Fuzzer.TranscriptPath) { AutoFlush = true };
        int start = int.TryParse(Environment.GetEnvironmentVariable("DDPG_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        var crashes = new List<string>();
        int values = 0, errors = 0;
        for (int seed = start; seed < start + Programs; seed++)
        {
            var fuzzer = new Fuzzer(seed);
            fuzzer.Run();
            crashes.AddRange(fuzzer.Crashes.Select(e => $"program {seed}: {e}"));
            errors += fuzzer.Transcript.Count(line => line.EndsWith(" error", StringComparison.Ordinal));
            values += fuzzer.Transcript.Count;
            foreach (string line in transcript is null ? [] : fuzzer.Transcript)
            {
                transcript!.WriteLine($"{seed} {line}");
            }
        }
        Assert.True(crashes.Count == 0, $"{crashes.Count} crashes:\n{string.Join("\n", crashes.Take(5))}");
        Assert.InRange(errors, values / 50, values / 2); // neither toothless nor all refused
    }
}
