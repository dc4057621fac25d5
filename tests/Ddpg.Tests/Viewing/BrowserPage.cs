using System.Diagnostics;
using System.Text.Json;

namespace Ddpg.Tests.Viewing;

/// <summary>A page in a real browser, without a window, whose clock is virtual.</summary>
internal static class BrowserPage
{
    private static readonly string? Browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Why no page can be opened here; null when one can.</summary>
    public static string? Missing => Browser is null ? "Neither chromium nor google-chrome is installed, so the player cannot be tried." : null;

    /// <summary>Opens a page whose script ends by leaving nothing but a <c>pre</c> with pairs of names and texts, as JSON.</summary>
    public static Dictionary<string, string> Open(string page)
    {
        string folder = Directory.CreateTempSubdirectory("ddpg-player-").FullName;
        try
        {
            string file = Path.Combine(folder, "page.html");
            File.WriteAllText(file, page);
            using Process process = Process.Start(new ProcessStartInfo(Browser!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--user-data-dir={Path.Combine(folder, "profile")}", "--virtual-time-budget=30000", "--dump-dom", new Uri(file).AbsoluteUri,
            ])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string dom = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            int start = dom.IndexOf("<pre>", StringComparison.Ordinal), end = dom.IndexOf("</pre>", StringComparison.Ordinal);
            Assert.True(start >= 0 && end > start, $"The page's script did not finish: {dom[..Math.Min(500, dom.Length)]} {errors.Result}");
            return JsonSerializer.Deserialize<string[][]>(System.Net.WebUtility.HtmlDecode(dom[(start + 5)..end]))!.ToDictionary(pair => pair[0], pair => pair[1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
