using System.Diagnostics;

namespace Ddpg.Cli.Tests.Cluster;

/// <summary>A real Slurm of one node on this machine; gone without a trace when disposed, or when this process ends in any other way.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private readonly Process _daemons;

    public SlurmCluster()
    {
        Folder = Directory.CreateTempSubdirectory("ddpg-slurm-").FullName;
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "Cluster", "slurm-on-loopback.sh"), Folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _daemons = Process.Start(start)!;
        _ = _daemons.StandardError.ReadToEndAsync();
        string? said = _daemons.StandardOutput.ReadLine();
        if (said == "ready")
            return;
        string rest = _daemons.StandardOutput.ReadToEnd();
        Dispose();
        throw new InvalidOperationException($"Slurm did not start: {said}\n{rest}");
    }

    public string Folder { get; }

    /// <summary>Why there can be none here, or null.</summary>
    public static string? Missing =>
        !OperatingSystem.IsLinux() ? "needs Linux"
        : !Environment.IsPrivilegedProcess ? "needs root: Slurm's daemons are started by the test"
        : new[] { "munged", "slurmctld", "slurmd", "sbatch" }.FirstOrDefault(tool => !Has(tool)) is { } tool ? $"{tool} is not installed (Debian: apt-get install slurm-wlm munge)"
        : null;

    /// <summary>Runs one of Slurm's commands; what it prints.</summary>
    public string Tool(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        start.Environment["SLURM_CONF"] = Path.Combine(Folder, "slurm.conf");
        // Jobs inherit it, and the script that started the daemons finds them by it.
        start.Environment["DDPG_TEST_CLUSTER"] = Folder;
        start.Environment["DDPG"] = Path.Combine(AppContext.BaseDirectory, "ddpg-cli.dll");
        using Process process = Process.Start(start)!;
        (int code, string output, string error) = ProgramProcess.Wait(process);
        Assert.True(code == 0, $"{name} {string.Join(' ', arguments)}: {error}{output}");
        return output.Trim();
    }

    /// <summary>Waits for no job to be pending, running or ending.</summary>
    public bool Drain(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < limit)
        {
            if (Tool("squeue", "--noheader").Length == 0)
                return true;
            Thread.Sleep(200);
        }
        return false;
    }

    public void Dispose()
    {
        _daemons.StandardInput.Close();
        if (!_daemons.WaitForExit(TimeSpan.FromSeconds(30)))
            _daemons.Kill(entireProcessTree: true);
        _daemons.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Has(string tool) => (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)));
}
