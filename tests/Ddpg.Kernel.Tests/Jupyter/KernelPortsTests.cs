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

    public sealed class Run
    {
        private readonly Lazy<IReadOnlyDictionary<string, PythonScript.Result>> _results = new(() => PythonScript.Run("ports.py", []));

        internal PythonScript.Result this[string check]
        {
            get
            {
                Skip.If(PythonScript.Missing("jupyter_client") is not null, $"needs Debian's python3-jupyter-client: {PythonScript.Missing("jupyter_client")}");
                return _results.Value.TryGetValue(check, out PythonScript.Result? result) ? result : throw new InvalidOperationException($"The script ended before its check {check}.");
            }
        }
    }
}
