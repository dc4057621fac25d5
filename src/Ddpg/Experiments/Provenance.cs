using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Ddpg.Agents;
using TorchSharp;

namespace Ddpg.Experiments;

/// <summary>What made a result: commit, versions, machine.</summary>
internal static class Provenance
{
    public static RunCost Cost(double seconds, long steps, UpdateMethod method) => new(
        seconds, seconds > 0 ? steps / seconds : 0, DateTime.UtcNow, Commit(), Version(typeof(Provenance).Assembly), RuntimeInformation.FrameworkDescription,
        $"{typeof(torch).Assembly.GetName().Name} {Version(typeof(torch).Assembly)}, {(method == UpdateMethod.Fused ? "fused update" : "autograd")}", Machine());

    /// <summary>Adds up a run's timing.csv: its clock begins at 0 whenever the run is resumed.</summary>
    public static double Seconds(string timingPath)
    {
        double sum = 0, last = 0;
        foreach (string line in File.ReadLines(timingPath).Skip(1))
        {
            double seconds = double.Parse(line.AsSpan(line.IndexOf(',', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
            if (seconds < last)
                sum += last;
            last = seconds;
        }
        return sum + last;
    }

    private static string Version(Assembly assembly) => assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The program is built inside of its clone, so that is where git is asked.</summary>
    private static string Commit() => Git("rev-parse", "--short=12", "HEAD") is not { Length: > 0 } commit ? "unknown"
        : Git("status", "--porcelain", "--untracked-files=no", "--", "src", "Directory.Packages.props") is { Length: > 0 } ? commit + "-changed" : commit;

    private static string? Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this machine.
            return null;
        }
    }

    private static string Machine()
    {
        string processor = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? ""
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "";
        return $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {processor}, {Environment.ProcessorCount} processors";
    }
}
