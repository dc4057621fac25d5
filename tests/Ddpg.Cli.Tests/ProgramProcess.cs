using System.Diagnostics;

namespace Ddpg.Cli.Tests;

/// <summary>The real program in a process of its own.</summary>
internal static class ProgramProcess
{
    public static Process Start(params string[] args)
    {
        // The tests' own folder holds the program with everything it needs.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ddpg-cli.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    public static (int Code, string Output, string Error) Wait(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Whether another program ends with 0.</summary>
    public static bool Succeeds(string program, params string[] args) => Wait(Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!).Code == 0;

    /// <summary>What another program prints; a failed one fails the test with what it said.</summary>
    public static string Output(string program, params string[] args)
    {
        (int code, string output, string error) = Wait(Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!);
        Assert.True(code == 0, error);
        return output;
    }

    public static void Interrupt(Process process)
    {
        using Process signal = Process.Start("kill", ["-INT", process.Id.ToString()]);
        signal.WaitForExit();
    }
}
