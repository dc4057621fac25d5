using System.Diagnostics;

namespace Ddpg.Benchmarks;

/// <summary>Other people's work on the machine: processes that compute without end until they are disposed of.</summary>
internal sealed class BusyProcesses : IDisposable
{
    private readonly List<Process> _processes = [];

    public BusyProcesses(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), "spin"]) { RedirectStandardInput = true })!;
            _processes.Add(process);
            // One on each processor: left to the system, two would share one now and then, and what is measured in that moment tells nothing.
            if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = 1 << (i % (8 * nint.Size));
        }
    }

    /// <summary>What such a process does: ends with its input, so that none outlives the benchmark.</summary>
    public static int Spin()
    {
        bool ended = false;
        new Thread(() =>
        {
            Console.In.ReadToEnd();
            Volatile.Write(ref ended, true);
        })
        { IsBackground = true }.Start();
        double x = 0;
        while (!Volatile.Read(ref ended)) x = Math.Sqrt(x + 1);
        return double.IsNaN(x) ? 1 : 0;
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(5000)) process.Kill();
            process.Dispose();
        }
    }

    /// <summary>Started as "dotnet Ddpg.Benchmarks.dll", the host needs to be told the assembly.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(BusyProcesses).Assembly.Location] : [];
}
