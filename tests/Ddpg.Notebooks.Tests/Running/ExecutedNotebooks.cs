using System.Diagnostics;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>
/// Every notebook of the kit, run once for all the tests that look at what a run gives: through Debian's nbclient and the installed kernel, that
/// is, the real Jupyter protocol; where nbclient is absent, through the kernel's headless <c>run</c>. A test class that needs it says
/// <c>[Collection(ExecutedNotebooks.Collection)]</c> and takes this type in its constructor.
/// </summary>
public sealed class ExecutedNotebooks
{
    public const string Collection = "executed notebooks";

    private static readonly string Output = Path.Combine(Repository.Root, "artifacts", "executed-by-tests");

    private readonly Lazy<IReadOnlyDictionary<string, ExecutedNotebook>> _runs = new(Run);

    /// <summary>How the notebook's run ended; the first call runs all of them.</summary>
    /// <param name="path">Relative to the root, with forward slashes, as <see cref="Repository.Notebooks"/> has it.</param>
    public ExecutedNotebook this[string path] => _runs.Value[path];

    /// <summary>Why the run does not go through the Jupyter protocol here; null when it does.</summary>
    public static string? ProtocolMissing => PythonScript.Missing("nbclient", "nbformat");

    private static IReadOnlyDictionary<string, ExecutedNotebook> Run() => ProtocolMissing is null ? RunByProtocol() : RunHeadless();

    private static Dictionary<string, ExecutedNotebook> RunByProtocol()
    {
        using InstalledKernel kernel = new();
        var results = PythonScript.Run("run_notebooks.py", [Output, InstalledKernel.Name, .. Repository.Notebooks], kernel.Environment, TimeSpan.FromMinutes(60), Repository.Root);
        return Repository.Notebooks.ToDictionary(
            path => path,
            path => results.TryGetValue(path, out PythonScript.Result? result)
                ? new ExecutedNotebook(result.Ok, result.Detail, result.Numbers.GetProperty("executed").GetString()!, result.Number("seconds"))
                : new ExecutedNotebook(false, "The run of all notebooks ended before this one.", "", 0));
    }

    private static Dictionary<string, ExecutedNotebook> RunHeadless() => Repository.Notebooks.ToDictionary(path => path, path =>
    {
        Stopwatch watch = Stopwatch.StartNew();
        string file = Path.Combine(Repository.Root, path);
        (int exit, string output) = InstalledKernel.Run(["run", file], null, TimeSpan.FromMinutes(20), Path.GetDirectoryName(file));
        return new ExecutedNotebook(exit == 0, exit == 0 ? "" : output, Path.Combine(Repository.Root, "artifacts", "executed", Path.GetFileName(path)), watch.Elapsed.TotalSeconds);
    });
}

/// <summary>Shares one run among test classes.</summary>
[CollectionDefinition(ExecutedNotebooks.Collection)]
public sealed class ExecutedNotebooksCollection : ICollectionFixture<ExecutedNotebooks>;
