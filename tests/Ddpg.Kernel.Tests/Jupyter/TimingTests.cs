using Xunit.Abstractions;

namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>
/// The kernel's speed as a front end sees it: see Python/timing.py. The numbers are printed. Limits of time hold on a machine that does nothing else, so they are asserted by
/// <c>.ci/long timing</c> only; memory is held to its limit always.
/// </summary>
[Collection("timing")]
[Trait("Speed", "long")]
public class TimingTests(TimingTests.Run run, ITestOutputHelper output) : IClassFixture<TimingTests.Run>
{
    private static readonly bool HoldsTimes = Environment.GetEnvironmentVariable("DDPG_LONG") == "1";

    [SkippableFact]
    public void ItStartsAndAnswersTheFirstCell()
    {
        PythonScript.Result result = Shown("start_and_first_cell");
        if (!HoldsTimes) return;
        Assert.InRange(result.Number("ready_seconds"), 0, 2);
        Assert.InRange(result.Number("first_cell_seconds"), 0, 3);
    }

    [SkippableFact]
    public void AThousandCellsGrowMemoryByLessThan80MiB()
    {
        PythonScript.Result result = Shown("round_trip_and_growth");
        Assert.InRange(result.Number("growth_mebibytes"), -1000, 80);
        if (HoldsTimes) Assert.InRange(result.Number("median_milliseconds"), 0, 25);
    }

    private PythonScript.Result Shown(string check)
    {
        PythonScript.Result result = run[check];
        output.WriteLine(result.Numbers.GetRawText());
        Assert.True(result.Ok, result.Detail);
        return result;
    }

    public sealed class Run() : JupyterClientRun("timing.py");
}

/// <summary>Measures alone: other tests running at the same time would be measured too.</summary>
[CollectionDefinition("timing", DisableParallelization = true)]
public class TimingCollection;
