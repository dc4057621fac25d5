using Xunit.Abstractions;

namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>The kernel's speed as a front end sees it: see Python/timing.py. The limits are promised for a machine that does nothing else; what else it does is measured beside them and widens them. The numbers are printed.</summary>
[Collection("timing")]
public class TimingTests(TimingTests.Run run, ITestOutputHelper output) : IClassFixture<TimingTests.Run>
{
    [SkippableFact]
    public void ItIsReadyInTwoSecondsAndTheFirstCellTakesThree()
    {
        PythonScript.Result result = Shown("start_and_first_cell");
        Assert.InRange(result.Number("ready_seconds"), 0, 2 * result.Number("slowdown"));
        Assert.InRange(result.Number("first_cell_seconds"), 0, 3 * result.Number("slowdown"));
    }

    /// <summary>
    /// The goals are 25 ms at the median and 80 MiB. Measured on two cores that were not quite idle: 21 ms (29 before the runtime was told to optimise during a run of
    /// cells; with the youngest generation bounded it is not measured alone yet) and 66 MiB (100 before that bound, and before cells that declare nothing left the chain). Memory is held to its goal; the time to twice its goal, because what else the machine does is
    /// sampled only before and after the thousand cells.
    /// </summary>
    [SkippableFact]
    public void ACellsRoundTripAndTheGrowthOfAThousandStayWhereTheyWereMeasured()
    {
        PythonScript.Result result = Shown("round_trip_and_growth");
        Assert.InRange(result.Number("median_milliseconds"), 0, 50 * result.Number("slowdown"));
        Assert.InRange(result.Number("growth_mebibytes"), -1000, 80);
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
