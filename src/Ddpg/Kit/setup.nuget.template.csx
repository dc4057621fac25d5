
// XPlot's charts, as a page of their own: its script tag loads plotly.js from the network when the notebook is viewed.
Microsoft.DotNet.Interactive.Formatting.Formatter.Register<PlotlyChart>(
    // A raw string: MSBuild, which copies this text, would turn a backslash into a slash.
    (chart, writer) => writer.Write($"""<iframe style="border:0;width:100%;height:{chart.Height + 40}px" srcdoc="{System.Net.WebUtility.HtmlEncode(chart.GetHtml())}"></iframe>"""),
    "text/html");
