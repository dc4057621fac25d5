namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>The ports that the scripts of the Python folder name to the kernels they start: see Python/ports.py.</summary>
public class KernelPortsTests(KernelPortsTests.Run run) : IClassFixture<KernelPortsTests.Run>
{
    public static TheoryData<string> Checks => PythonScript.Checks("ports.py");

    [SkippableTheory]
    [MemberData(nameof(Checks))]
    public void AKernelsPortsAreItsOwn(string check)
    {
        PythonScript.Result result = run[check];
        Assert.True(result.Ok, result.Detail);
    }

    public sealed class Run() : JupyterClientRun("ports.py");
}
