using Ddpg.SignatureText;
using XPlot.Plotly;

namespace Ddpg.Charts.Tests;

[Trait("Speed", "tiny")]
public class SignatureTests
{
    /// <summary>
    /// Upstream, written in F#, nests a class Layout in a class Layout. C# cannot declare that, but finds an inherited nested type by the same
    /// name: <c>Layout.Layout</c> is written alike against both. So the outer class has two names here, and is taken out; the inner one is compared.
    /// </summary>
    private static string AsWritten(string line) =>
        line is "XPlot.Plotly.Layout is abstract class" or "XPlot.Plotly.Layout : XPlot.Plotly.LayoutNesting" or "XPlot.Plotly.Layout: protected .ctor()"
            or "XPlot.Plotly.LayoutNesting is abstract class" or "XPlot.Plotly.LayoutNesting: protected .ctor()" ? ""
            : line.Replace("XPlot.Plotly.LayoutNesting.Layout", "XPlot.Plotly.Layout.Layout", StringComparison.Ordinal);

    [Fact]
    public void Every_public_member_exists_in_XPlot_with_the_same_signature()
    {
        string[] recorded = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "Signatures.txt"));
        List<string> missing = SignatureComparison.Missing(typeof(PlotlyChart).Assembly, "XPlot.Plotly", recorded, AsWritten);
        Assert.True(missing.Count == 0,
            $"{missing.Count} members of Ddpg.Charts are not in the recorded signatures of XPlot.Plotly. New here? Record again (Ddpg.Tensors.Tests/Golden/SignatureRecorder/Program.cs " +
            $"gives the command); what is still listed then does not exist upstream as written:\n{string.Join("\n", missing)}");
    }
}
