using System.Diagnostics;
using System.Text;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

/// <summary>plotly.js itself judges the figures: <c>Plotly.validate</c> in headless Chromium.</summary>
public sealed class PlotlyValidationTests
{
    private const string Version = "4.1.2";

    [SkippableFact]
    public void plotly_js_finds_every_figure_valid()
    {
        string script = PlotlyScript();
        string browser = Browser();
        string folder = Directory.CreateTempSubdirectory("ddpg-charts-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "page.html"), Page(new Uri(script).AbsoluteUri));
            string dom = Run(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--allow-file-access-from-files", $"--user-data-dir={Path.Combine(folder, "profile")}", "--virtual-time-budget=20000", "--dump-dom", new Uri(Path.Combine(folder, "page.html")).AbsoluteUri);
            int start = dom.IndexOf("<pre>", StringComparison.Ordinal), end = dom.IndexOf("</pre>", StringComparison.Ordinal);
            Assert.True(start >= 0 && end > start, $"The page did not finish. It says: {dom[..Math.Min(dom.Length, 2000)]}");
            string[] lines = dom[(start + 5)..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Gallery.Charts.Keys.Select(name => name + " valid").Append("broken refused"), lines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Page(string script)
    {
        var page = new StringBuilder($"<!DOCTYPE html><meta charset=\"utf-8\"><script src=\"{script}\"></script><body><script>var lines = [];\n");
        page.Append("function check(name, figure) { var found = Plotly.validate(figure.data, figure.layout); lines.push(name + (found ? ' ' + found.map(e => e.msg).join(' | ') : ' valid')); }\n");
        foreach ((string name, Func<PlotlyChart> make) in Gallery.Charts)
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"check('{name}', {PlotlyFigure.Of(make()).ToJson().Replace("</", "<\\/", StringComparison.Ordinal)});\n");
        // A check that accepts everything would prove nothing.
        page.Append("lines.push(Plotly.validate([{ type: 'scatter', y: [1], mode: 7 }], { title: 'text' }) ? 'broken refused' : 'broken accepted');\n");
        return page.Append("document.body.innerHTML = ''; var pre = document.createElement('pre'); pre.textContent = lines.join('\\n'); document.body.appendChild(pre);</script></body>").ToString();
    }

    private static string PlotlyScript()
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
