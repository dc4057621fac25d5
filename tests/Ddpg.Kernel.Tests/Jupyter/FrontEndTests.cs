namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>The kernel as a process, driven by Debian's jupyter-client: see Python/messaging.py.</summary>
public class FrontEndTests(FrontEndTests.Run run) : IClassFixture<FrontEndTests.Run>
{
    public static TheoryData<string> Checks => PythonScript.Checks("messaging.py");

    [SkippableTheory]
    [MemberData(nameof(Checks))]
    public void AFrontEndSees(string check)
    {
        PythonScript.Result result = run[check];
        Assert.True(result.Ok, result.Detail);
    }

    public sealed class Run() : JupyterClientRun("messaging.py");
}
