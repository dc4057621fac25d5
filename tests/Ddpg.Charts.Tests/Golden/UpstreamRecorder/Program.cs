// Records what the real XPlot.Plotly 4.1.0 writes for every chart of the gallery:
//   dotnet run -c Release --project tests/Ddpg.Charts.Tests/Golden/UpstreamRecorder > tests/Ddpg.Charts.Tests/Golden/Upstream.txt
using Ddpg.Charts.Tests;
using XPlot.Plotly;

Console.WriteLine("# What XPlot.Plotly 4.1.0 writes for the charts of Gallery.cs. Made by Golden/UpstreamRecorder; see its Program.cs.");
foreach ((string name, Func<PlotlyChart> make) in Gallery.Charts)
{
    string script = make().GetPlottingJS();
    Console.WriteLine($"{name} data {JsonDigest.Of(Between("var data = ", ";"))}");
    string layout = Between("var layout = ", ";");
    Console.WriteLine($"{name} layout {JsonDigest.Of(layout == "\"\"" ? "{}" : layout)}");

    // Each statement ends its line.
    string Between(string from, string to)
    {
        int start = script.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return script[start..script.IndexOf(to + Environment.NewLine, start, StringComparison.Ordinal)];
    }
}
