namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>The list of the public jupyter_kernel_test project: see Python/conformance.py.</summary>
public class ConformanceTests(ConformanceTests.Run run) : IClassFixture<ConformanceTests.Run>
{
    public static TheoryData<string> Checks => PythonScript.Checks("conformance.py");

    [SkippableTheory]
    [MemberData(nameof(Checks))]
    public void TheKernelConforms(string check)
    {
        PythonScript.Result result = run[check];
        Assert.True(result.Ok, result.Detail);
    }

    public sealed class Run() : JupyterClientRun("conformance.py");
}
