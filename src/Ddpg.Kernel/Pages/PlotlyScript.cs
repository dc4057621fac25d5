using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Notebooks;

namespace Ddpg.Kernel.Pages;

/// <summary>
/// plotly.js for the page's interactive charts, from npm by way of a cache in the repository's artifacts. Where there is no npm or no network, there is
/// no script, and the page shows the charts' static pictures.
/// </summary>
internal static class PlotlyScript
{
    internal const string MimeType = "application/vnd.plotly.v1+json";
    private const string Package = "plotly.js-dist-min";
    private const string Version = "4.1.2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static bool _isUnavailable;

    internal static bool IsNeededBy(Notebook notebook) =>
        notebook.Cells.Any(cell => cell.IsCode && cell.Outputs.Any(output => (output as JsonObject)?["data"] is JsonObject data && data[MimeType] is not null));

    /// <summary>The script's text; null where it cannot be had.</summary>
    internal static async Task<string?> FindAsync(string repositoryRoot)
    {
        string cached = Path.Combine(repositoryRoot, "artifacts", "cache", $"{Package}-{Version}", "plotly.min.js");
        try
        {
            if (!File.Exists(cached) && !_isUnavailable) await DownloadAsync(cached).ConfigureAwait(false);
            if (File.Exists(cached)) return await File.ReadAllTextAsync(cached).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception or InvalidDataException or OperationCanceledException)
        {
            // No npm, no network, no place for a cache: a page without the script is complete all the same.
        }

        _isUnavailable = true;
        return null;
    }

    private static async Task DownloadAsync(string target)
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            var start = new ProcessStartInfo(npm, ["pack", $"{Package}@{Version}", "--silent", "--fetch-retries=0", "--fetch-timeout=30000"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(Patience);
            using CancellationTokenRegistration kill = patience.Token.Register(() => process.Kill(entireProcessTree: true));
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None)).ConfigureAwait(false);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            if (Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault() is { } archive && Extract(archive) is { } script) AtomicFile.Write(target, script);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[]? Extract(string archive)
    {
        using FileStream file = File.OpenRead(archive);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name != "package/plotly.min.js" || entry.DataStream is null) continue;
            using var content = new MemoryStream();
            entry.DataStream.CopyTo(content);
            return content.ToArray();
        }

        return null;
    }
}
