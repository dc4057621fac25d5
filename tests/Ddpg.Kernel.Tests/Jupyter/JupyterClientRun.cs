namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>Runs one script of checks against an installed kernel, when the first test asks for a result.</summary>
public abstract class JupyterClientRun(string script) : IDisposable
{
    private readonly Lazy<(InstalledKernel Kernel, IReadOnlyDictionary<string, PythonScript.Result> Results)> _run = new(() =>
    {
        InstalledKernel kernel = new();
        return (kernel, PythonScript.Run(script, [InstalledKernel.Name], kernel.Environment));
    });

    internal PythonScript.Result this[string check]
    {
        get
        {
            Skip.If(PythonScript.Missing("zmq", "jupyter_client") is not null, $"needs Debian's python3-jupyter-client and python3-zmq: {PythonScript.Missing("zmq", "jupyter_client")}");
            return _run.Value.Results.TryGetValue(check, out PythonScript.Result? result) ? result : throw new InvalidOperationException($"{script} ended before its check {check}.");
        }
    }

    public void Dispose()
    {
        if (_run.IsValueCreated) _run.Value.Kernel.Dispose();
    }
}
