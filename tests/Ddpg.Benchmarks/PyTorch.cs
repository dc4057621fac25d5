using System.Diagnostics;
using System.Globalization;

namespace Ddpg.Benchmarks;

/// <summary>A Python process that runs the same update in PyTorch when it is told to.</summary>
internal sealed class PyTorch : IDisposable
{
    private readonly Process _process;

    private PyTorch(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    public string Version { get; }

    /// <summary>Null, with the reason, where python3 or its torch is missing.</summary>
    public static PyTorch? TryStart(out string reason)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "update.py");
        try
        {
            // Debian's own interpreter, which sees Debian's python3-torch whatever other Pythons are installed.
            string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
            Process process = Process.Start(new ProcessStartInfo(python, ["-u", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string? line = process.StandardOutput.ReadLine();
            if (line?.StartsWith("ready", StringComparison.Ordinal) == true)
            {
                reason = "";
                return new PyTorch(process, line["ready ".Length..]);
            }
            reason = process.StandardError.ReadToEnd().Trim().Split('\n')[^1];
            process.Dispose();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            reason = exception.Message;
        }
        return null;
    }

    public void Configure(Case row) => Ask($"configure {row.Batch} {row.Observation} {row.Action} {string.Join("-", row.Hidden)}");

    /// <summary>Seconds for a number of updates.</summary>
    public double Run(int threads, int updates) => double.Parse(Ask($"run {threads} {updates}"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.StandardInput.WriteLine("quit");
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }

    private string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch process ended: " + _process.StandardError.ReadToEnd());
    }
}
