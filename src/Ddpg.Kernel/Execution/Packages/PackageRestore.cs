using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ddpg.Kernel.Execution.Packages;

/// <summary>
/// Restores packages as a build does: <c>dotnet restore</c> of a project made for it. Not upstream's package for this, which restores with F#'s compiler (22 MB in the
/// kernel's folder) and cannot be stopped.
/// </summary>
internal static partial class PackageRestore
{
    /// <param name="packages">What the cell asks for.</param>
    /// <param name="sources">Addresses and folders beside those of NuGet's configuration.</param>
    /// <param name="folder">The notebook's folder, from which on NuGet's configuration files are looked for.</param>
    /// <param name="cancellation">Ends the restore at once.</param>
    /// <exception cref="PackageException">A package cannot be had.</exception>
    internal static async Task<IReadOnlyList<RestoredPackage>> RunAsync(
        IReadOnlyList<PackageDirective> packages, IReadOnlyList<string> sources, string folder, CancellationToken cancellation)
    {
        DirectoryInfo project = Directory.CreateTempSubdirectory("ddpg-kernel-packages-");
        try
        {
            string file = Path.Combine(project.FullName, "packages.csproj");
            Project(packages, sources, folder).Save(file);
            (int exitCode, string output) = await RunDotnetAsync(file, cancellation).ConfigureAwait(false);
            string assets = Path.Combine(project.FullName, "obj", "project.assets.json");
            if (exitCode != 0 || !File.Exists(assets)) throw new PackageException(PackageFailure.Explain(packages, output.Replace(file, "", StringComparison.Ordinal)));
            return RestoredPackages.Read(assets);
        }
        finally
        {
            Delete(project);
        }
    }

    private static XDocument Project(IReadOnlyList<PackageDirective> packages, IReadOnlyList<string> sources, string folder) => new(new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
            // This platform's native libraries, and nothing of the runtime.
            new XElement("UseCurrentRuntimeIdentifier", true),
            new XElement("SelfContained", false),
            new XElement("UseAppHost", false),
            // It asks a source even where everything is in the cache.
            new XElement("NuGetAudit", false),
            new XElement("RestoreRootConfigDirectory", folder),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
        new XElement(
            "ItemGroup",
            packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package.Name), new XAttribute("Version", package.Version ?? "*"))))));

    private static async Task<(int ExitCode, string Output)> RunDotnetAsync(string project, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotnetHost.Find() ?? "dotnet", ["restore", project, "-nologo", "-v:q", "-nodeReuse:false"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetDirectoryName(project)!,
            UseShellExecute = false,
        };
        // What `dotnet run` and `dotnet test` hand down names the SDK of their project.
        foreach (string inherited in (string[])["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"])
            start.Environment.Remove(inherited);
        // A source that cannot be reached is said to be so after two tries, not six.
        start.Environment.TryAdd("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "2");
        using Process process = Process.Start(start) ?? throw new PackageException($"{start.FileName} cannot be started, which restores packages. The .NET SDK has it.");
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, Location().Replace(await output.ConfigureAwait(false) + await errors.ConfigureAwait(false), ""));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // On Windows a scanner may still hold a file; the system clears its temporary folder.
            return;
        }
    }

    /// <summary>The project's name at the end of MSBuild's lines.</summary>
    [GeneratedRegex(@"\s*\[[^\[\]\r\n]*packages\.csproj\]")]
    private static partial Regex Location();
}
