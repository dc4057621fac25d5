using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Ddpg.Kernel.Tests.Execution;

/// <summary>A folder of packages made by a test, for <c>#i "nuget: feed"</c>; they are unpacked beside it, not into the user's cache, and no other source is asked.</summary>
internal sealed class PackageFeed
{
    private const string Configuration = """
        <configuration>
          <config><add key="globalPackagesFolder" value="unpacked" /></config>
          <packageSources><clear /><add key="feed" value="feed" /></packageSources>
          <fallbackPackageFolders><add key="cache" value="{0}" /></fallbackPackageFolders>
        </configuration>
        """;

    private readonly string _folder;

    /// <param name="workingDirectory">The notebook's folder.</param>
    internal PackageFeed(string workingDirectory)
    {
        _folder = Path.Combine(workingDirectory, "feed");
        Directory.CreateDirectory(_folder);
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(cache);
        File.WriteAllText(Path.Combine(workingDirectory, "nuget.config"), string.Format(System.Globalization.CultureInfo.InvariantCulture, Configuration, cache));
    }

    /// <param name="name">The package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="files">Paths inside of the package and the files to put there.</param>
    /// <param name="needs">Packages that it depends on, and their lowest versions.</param>
    internal void Add(string name, string version, IEnumerable<(string Path, string File)> files, params (string Name, string Version)[] needs)
    {
        using ZipArchive package = ZipFile.Open(Path.Combine(_folder, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        XNamespace space = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
        var nuspec = new XElement(space + "package", new XElement(
            space + "metadata",
            new XElement(space + "id", name),
            new XElement(space + "version", version),
            new XElement(space + "authors", "a test"),
            new XElement(space + "description", "made by a test"),
            new XElement(space + "dependencies", new XElement(
                space + "group",
                new XAttribute("targetFramework", "net8.0"),
                needs.Select(need => new XElement(space + "dependency", new XAttribute("id", need.Name), new XAttribute("version", need.Version)))))));
        using (var text = new StreamWriter(package.CreateEntry(name + ".nuspec").Open(), Encoding.UTF8))
            text.Write(nuspec.ToString());
        foreach ((string path, string file) in files)
            package.CreateEntryFromFile(file, path);
    }
}
