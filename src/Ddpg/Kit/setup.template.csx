// Made by the build of src/Ddpg; every notebook of the kit imports it in its first cell. Rebuild: dotnet build -c Release src/Ddpg
//@references@
using System.IO;
using System.Threading;
using Ddpg;
using Ddpg.Agents;
using Ddpg.Charts;
using Ddpg.Checks;
using Ddpg.Environments;
using Ddpg.Environments.MuJoCo;
using Ddpg.Experiments;
using Ddpg.Exploration;
using Ddpg.Networks;
using Ddpg.Numerics;
using Ddpg.Randomness;
using Ddpg.Replay;
using Ddpg.Training;
using Ddpg.Viewing;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;
using TorchSharp.Modules;
using XPlot.Plotly;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Box = Ddpg.Environments.Box;
using F = TorchSharp.torch.nn.functional;

Kit.EnsureCurrent("@kit@", "@root@");
Ddpg.Natives.TorchNatives.Load();

/// <summary>Asks a training loop to stop: cancelled when the front end interrupts the running cell. A property, so that each cell gets its own token.</summary>
CancellationToken Stop => KernelInvocationContext.Current?.CancellationToken ?? CancellationToken.None;

/// <summary>A display that changes in place while a cell runs, on whichever kernel this is.</summary>
sealed class KernelLiveDisplay : ILiveDisplay
{
    // Not display(…): what that returns cannot be updated in .NET Interactive's last release.
    public ILiveView Show(string html) => new View(KernelInvocationContext.Current.Display(new Fragment(html), "text/html"));

    sealed class View(DisplayedValue shown) : ILiveView
    {
        // A Fragment again: Update formats with the first display's MIME type, and a plain string would be shown as text.
        public void Update(string html) => shown.Update(new Fragment(html));
    }

    // Not HTML(…), whose type has two versions in .NET Interactive's tool: each notebook's first cell would print a warning of that.
    public sealed record Fragment(string Html);
}

Formatter.Register<KernelLiveDisplay.Fragment>((fragment, writer) => writer.Write(fragment.Html), "text/html");

ILiveDisplay Live { get; } = new KernelLiveDisplay();

// How XPlot's charts are shown: Plotly JSON for front ends that draw it, a picture for all others and inside tables. Nothing is loaded from a network.
Formatter.Register<PlotlyChart>((chart, writer) => writer.Write(PlotlyFigure.Of(chart).ToJson()), PlotlyFigure.JsonType);
Formatter.Register<PlotlyChart>((chart, writer) => writer.Write(PlotlyFigure.Of(chart).ToSvg()), PlotlyFigure.SvgType);
Formatter.Register<PlotlyChart>((chart, writer) => writer.Write(PlotlyFigure.Of(chart).ToSvg()), "text/html");
Formatter.Register<PlotlyChart>((chart, writer) => writer.Write(nameof(PlotlyChart)), "text/plain");
Formatter.SetPreferredMimeTypesFor(typeof(PlotlyChart), PlotlyFigure.JsonType, PlotlyFigure.SvgType, "text/plain");

// What says in words what it is. .NET Interactive would list the members instead: of a tensor all its views, and theirs.
{
    static string Words(object value) => value is Tensor tensor ? (tensor.IsInvalid ? "a disposed tensor" : tensor.str()) : value.ToString();
    foreach (Type type in new[] { typeof(Tensor), typeof(torch.nn.Module), typeof(EvaluationResult), typeof(EnvironmentReport), typeof(TrainingWarning), typeof(Box) })
    {
        Formatter.Register(type, (value, writer) => writer.Write(Words(value)), "text/plain");
        Formatter.Register(type, (value, writer) => writer.Write($"<pre>{System.Net.WebUtility.HtmlEncode(Words(value))}</pre>"), "text/html");
        Formatter.SetPreferredMimeTypesFor(type, "text/plain");
    }
}
