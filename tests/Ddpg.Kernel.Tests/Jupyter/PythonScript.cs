using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ddpg.Kernel.Tests.Jupyter;

/// <summary>A script of the Python folder: its checks by name, and what they reported when it was run.</summary>
internal static partial class PythonScript
{
    // Debian's own interpreter: another one on the PATH would not see Debian's packages.
    private const string Interpreter = "/usr/bin/python3";

    private static readonly ConcurrentDictionary<string, string?> MissingModules = [];

    /// <summary>What one check reported.</summary>
    internal sealed record Result(bool Ok, string Detail, JsonElement Numbers)
    {
        public double Number(string name) => Numbers.GetProperty(name).GetDouble();
    }

    /// <summary>The names of a script's checks, for the test list.</summary>
    public static TheoryData<string> Checks(string script) => [.. CheckName().Matches(File.ReadAllText(PathOf(script))).Select(match => match.Groups[1].Value)];

    /// <summary>Why a script that imports these modules cannot be run here; null when it can.</summary>
    public static string? Missing(params string[] modules) => MissingModules.GetOrAdd(string.Join(", ", modules), static list =>
    {
        if (!File.Exists(Interpreter)) return $"{Interpreter} is not installed";
        (int exit, _, string error) = RunPython(["-c", $"import {list}"], null, TimeSpan.FromMinutes(3));
        return exit == 0 ? null : $"Debian's Python packages are missing: {error.Trim().Split('\n')[^1]}";
    });

    /// <summary>Runs a script and collects what its checks reported.</summary>
    public static IReadOnlyDictionary<string, Result> Run(string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? limit = null, string? folder = null)
    {
        (_, string output, string error) = RunPython([PathOf(script), .. arguments], environment, limit ?? TimeSpan.FromMinutes(15), folder);
        Dictionary<string, Result> results = [];
        foreach (string line in output.Split('\n').Where(line => line.StartsWith('{')))
        {
            JsonElement report = JsonElement.Parse(line);
            results[report.GetProperty("name").GetString()!] = new Result(report.GetProperty("ok").GetBoolean(), report.GetProperty("detail").GetString()!, report);
        }

        if (results.Count == 0) throw new InvalidOperationException($"{script} reported nothing.\n{output}\n{error}");
        return results;
    }

    private static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "Python", script);

    private static (int Exit, string Output, string Error) RunPython(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, TimeSpan limit, string? folder = null)
    {
        // Never the test process's own folder: a test beside this one changes it to a folder of its own, which is gone before the script ends.
        ProcessStartInfo start = new(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder ?? AppContext.BaseDirectory };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    [GeneratedRegex(@"^@check\r?\ndef (\w+)", RegexOptions.Multiline)]
    private static partial Regex CheckName();
}
