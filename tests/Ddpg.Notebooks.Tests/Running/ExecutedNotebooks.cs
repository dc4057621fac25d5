using System.Diagnostics;
using Ddpg.Kernel.Commands;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>
/// Every notebook of the kit, run once for all the tests that look at what a run gives: through Debian's nbclient and the installed kernel, that
/// is, the real Jupyter protocol; where nbclient is absent, through the kernel's headless <c>run --claims</c>. A test class that needs it says
/// <c>[Collection(ExecutedNotebooks.Collection)]</c> and takes this type in its constructor.
/// </summary>
public sealed class ExecutedNotebooks
{
    public const string Collection = "executed notebooks";

    private readonly Lazy<IReadOnlyDictionary<string, ExecutedNotebook>> _runs = new(() => Run(Repository.Root, Paths, Path.Combine(Repository.Root, "artifacts", "executed-by-tests")));

    /// <summary>The notebooks that are run, relative to the root: all; with the variable DDPG_NOTEBOOKS, for who works on one, those whose path contains its text.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Repository.Notebooks.Where(path => path.Contains(Environment.GetEnvironmentVariable("DDPG_NOTEBOOKS") ?? "", StringComparison.Ordinal))];

    /// <summary>Why the run does not go through the Jupyter protocol here; null when it does.</summary>
    public static string? ProtocolMissing => PythonScript.Missing("nbclient", "nbformat");

    /// <summary>How the notebook's run ended; the first call runs all of them.</summary>
    /// <param name="path">Relative to the root, with forward slashes, as <see cref="Paths"/> has it.</param>
    public ExecutedNotebook this[string path] => _runs.Value[path];

    /// <summary>Runs notebooks, by their paths relative to <paramref name="root"/>, and puts what they made into <paramref name="output"/>.</summary>
    internal static IReadOnlyDictionary<string, ExecutedNotebook> Run(string root, IReadOnlyList<string> notebooks, string output) =>
        ProtocolMissing is null ? RunByProtocol(root, notebooks, output) : RunHeadless(root, notebooks, output);

    private static Dictionary<string, ExecutedNotebook> RunByProtocol(string root, IReadOnlyList<string> notebooks, string output)
    {
        using InstalledKernel kernel = new();
        string[] withCopies = [.. notebooks.Select(path =>
        {
            string copy = Path.Combine(output, "with-checks", path.Replace("/", "--", StringComparison.Ordinal));
            ClaimChecks.WriteCopy(Path.Combine(root, path), copy);
            return $"{path}={copy}";
        })];
        var results = PythonScript.Run("run_notebooks.py", [output, InstalledKernel.Name, .. withCopies], kernel.Environment, TimeSpan.FromMinutes(60), root);
        return notebooks.ToDictionary(
            path => path,
            path => results.TryGetValue(path, out PythonScript.Result? result)
                ? new ExecutedNotebook(result.Ok, result.Detail, result.Numbers.GetProperty("executed").GetString()!, result.Number("seconds"))
                : new ExecutedNotebook(false, "The run of all notebooks ended before this one.", "", 0));
    }

    private static Dictionary<string, ExecutedNotebook> RunHeadless(string root, IReadOnlyList<string> notebooks, string output) => notebooks.ToDictionary(path => path, path =>
    {
        Stopwatch watch = Stopwatch.StartNew();
        string folder = Path.Combine(output, "headless"), notebook = Path.Combine(root, path);
        (int exit, string log) = InstalledKernel.Run(["run", "--claims", "--no-html", notebook, "--output", folder], null, TimeSpan.FromMinutes(20), root);
        return new ExecutedNotebook(exit == 0, exit == 0 ? "" : log, RunPaths.Executed(notebook, folder), watch.Elapsed.TotalSeconds);
    });
}

/// <summary>Shares one run among test classes.</summary>
[CollectionDefinition(ExecutedNotebooks.Collection)]
public sealed class ExecutedNotebooksCollection : ICollectionFixture<ExecutedNotebooks>;
