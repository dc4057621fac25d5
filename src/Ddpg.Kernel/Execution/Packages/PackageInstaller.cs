using Ddpg.Kernel.Formatting;
using Ddpg.Kernel.Interactive;

namespace Ddpg.Kernel.Execution.Packages;

/// <summary>Carries out a cell's <c>#r "nuget: …"</c> and <c>#i "nuget: …"</c> lines, for one session. Made with the first such line.</summary>
/// <param name="references">The session's.</param>
/// <param name="workingDirectory">The notebook's folder.</param>
/// <param name="runAsync">Runs C# as a part of the cell.</param>
internal sealed class PackageInstaller(ReferenceResolver references, Func<string> workingDirectory, Func<string, RunningCell, Task<CellResult>> runAsync)
{
    private readonly LoadedLibraries _loaded = new(references);
    private readonly List<string> _sources = [];
    private readonly Dictionary<string, string> _installed = new(StringComparer.OrdinalIgnoreCase);

    internal async Task<CellResult> RunAsync(CellPart part, RunningCell cell)
    {
        // The parser has refused what is none.
        List<PackageDirective> directives = [.. MagicParser.SplitLines(part.Text).Select((line, index) => (line, index)).Where(at => at.line.Length > 0)
            .Select(at => PackageDirective.Parse(at.line, at.index + 1, out _)!)];
        PackageDirective current = directives[0];
        try
        {
            var wanted = new List<PackageDirective>();
            foreach (PackageDirective directive in directives)
            {
                current = directive;
                if (directive.Source.Length > 0) AddSource(directive.Source);
                else if (!IsInstalled(directive) && !_loaded.Has(directive)) wanted.Add(directive);
            }

            current = wanted.FirstOrDefault() ?? current;
            return wanted.Count == 0 ? CellResult.Success : await InstallAsync(wanted, cell).ConfigureAwait(false);
        }
        catch (PackageException failure)
        {
            return CellSession.Failed(CellError.At(current.Line, current.Text, failure.Message), cell.Output);
        }
    }

    private async Task<CellResult> InstallAsync(List<PackageDirective> wanted, RunningCell cell)
    {
        string display = Guid.NewGuid().ToString();
        cell.Output.Display(MimeBundle.Text(string.Join('\n', wanted.Select(package => $"Installing package {package.Title}…"))), display);
        bool isDone = false;
        try
        {
            IReadOnlyList<RestoredPackage> restored = await PackageRestore.RunAsync(wanted, _sources, workingDirectory(), cell.CancellationToken).ConfigureAwait(false);
            IReadOnlyList<RestoredPackage> missing = _loaded.Missing(restored, wanted);
            references.AddNatives(missing.SelectMany(package => package.Natives));
            string load = string.Join('\n', missing.SelectMany(package => package.Assemblies).Select(file => $"#r \"{file}\""));
            CellResult result = load.Length == 0 ? CellResult.Success : await runAsync(load, cell).ConfigureAwait(false);
            if (result.Status != CellStatus.Ok) return result;
            foreach (RestoredPackage package in restored)
                _installed.TryAdd(package.Name, package.Version);
            isDone = true;
            return result;
        }
        finally
        {
            // An update of an interrupted cell goes to its output all the same: this is not the cell's thread.
            cell.Output.UpdateDisplay(MimeBundle.Text(string.Join('\n', wanted.Select(package => isDone ? Installed(package) : $"Not installed: {package.Title}"))), display);
        }
    }

    private bool IsInstalled(PackageDirective package)
    {
        if (!_installed.TryGetValue(package.Name, out string? version)) return false;
        if (package.Version is null || PackageVersion.Fits(package.Version, version)) return true;
        throw new PackageException($"{package.Title}: not installed. An earlier line of this session installed {package.Name} in version {version}, and a process holds one version of an assembly only. "
            + "Restart the kernel to use another one.");
    }

    private string Installed(PackageDirective package)
    {
        string version = _installed[package.Name];
        bool isAsked = package.Version is null or ['[' or '(', ..] || PackageVersion.Fits(package.Version, version);
        return isAsked ? $"Installed {package.Name}, {version}" : $"Installed {package.Name}, {version} (there is no {package.Version})";
    }

    private void AddSource(string source)
    {
        bool isAddress = source.Contains("://", StringComparison.Ordinal);
        string place = isAddress ? source : Path.GetFullPath(Path.Combine(workingDirectory(), source));
        if (!isAddress && !Directory.Exists(place))
            throw new PackageException($"The package source \"{source}\" is no folder ({place}). Name a folder, from the notebook's on, or an address, as in #i \"nuget: https://example.org/v3/index.json\".");
        if (!_sources.Contains(place)) _sources.Add(place);
    }
}
