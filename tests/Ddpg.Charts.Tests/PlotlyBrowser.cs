using System.Diagnostics;

namespace Ddpg.Charts.Tests;

/// <summary>plotly.js itself, in headless Chromium: what the pictures and figures of the kit are held to.</summary>
public static class PlotlyBrowser
{
    private const string Version = "4.1.2";

    private static readonly Lock Installing = new();

    /// <summary>Runs an asynchronous script that knows <c>Plotly</c> and pushes strings to <c>lines</c>; gives these lines back. Skips the test where plotly.js or a browser is missing.</summary>
    public static string[] Ask(string script)
    {
        (string plotly, string browser) = (PlotlyScript(), Browser());
        string folder = Directory.CreateTempSubdirectory("ddpg-charts-").FullName;
        try
        {
            string page = Path.Combine(folder, "page.html");
            File.WriteAllText(page, $"<!DOCTYPE html><meta charset=\"utf-8\"><script src=\"{new Uri(plotly).AbsoluteUri}\"></script><body><script>(async () => {{ const lines = [];\ntry {{\n" +
                script.Replace("</", "<\\/", StringComparison.Ordinal) +
                "\n} catch (error) { lines.push('failed: ' + error.stack); }\ndocument.body.innerHTML = ''; const pre = document.createElement('pre'); pre.textContent = lines.join('\\n'); document.body.appendChild(pre); })();</script></body>");
            string dom = Run(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--allow-file-access-from-files", $"--user-data-dir={Path.Combine(folder, "profile")}", "--virtual-time-budget=60000", "--dump-dom", new Uri(page).AbsoluteUri);
            int start = dom.IndexOf("<pre>", StringComparison.Ordinal), end = dom.IndexOf("</pre>", StringComparison.Ordinal);
            Assert.True(start >= 0 && end > start, $"The page did not finish. It says: {dom[..Math.Min(dom.Length, 2000)]}");
            return [.. dom[(start + 5)..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Net.WebUtility.HtmlDecode(line))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // One at a time: two npm that fill one folder at once spoil each other's work, and a test is then skipped as if there were no network.
    private static string PlotlyScript()
    {
        lock (Installing) return InstalledPlotlyScript();
    }

    private static string InstalledPlotlyScript()
    {
        string folder = Path.Combine(GoldenText.Artifacts, "npm", "plotly.js-dist-min-" + Version);
        string script = Path.Combine(folder, "node_modules", "plotly.js-dist-min", "plotly.min.js");
        if (File.Exists(script)) return script;
        string? npm = Find("npm");
        Skip.If(npm is null, "npm is not installed, so there is no plotly.js to ask.");
        Directory.CreateDirectory(folder);
        using Process install = Start(npm!, "install", "--prefix", folder, "--no-audit", "--no-fund", "plotly.js-dist-min@" + Version);
        install.WaitForExit();
        Skip.IfNot(File.Exists(script), $"npm could not install plotly.js-dist-min {Version} (no network?).");
        return script;
    }

    private static string Browser()
    {
        string? browser = Find("chromium") ?? Find("chromium-browser") ?? Find("google-chrome");
        Skip.If(browser is null, "Neither chromium nor google-chrome is installed, so plotly.js cannot run.");
        return browser!;
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Length > 0 ? output : errors.Result;
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
