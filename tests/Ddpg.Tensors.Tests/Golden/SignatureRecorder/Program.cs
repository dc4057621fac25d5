// Records upstream's signatures of the members that an embedded assembly has. For the two assemblies of this repository:
//   dotnet build -c Release src/Ddpg.Tensors && dotnet build -c Release src/Ddpg.Charts
//   dotnet run -c Release --project tests/Ddpg.Tensors.Tests/Golden/SignatureRecorder -- tensors artifacts/bin/Ddpg.Tensors/release/Ddpg.Tensors.dll > tests/Ddpg.Tensors.Tests/Golden/signatures.txt
//   dotnet run -c Release --project tests/Ddpg.Tensors.Tests/Golden/SignatureRecorder -- charts artifacts/bin/Ddpg.Charts/release/Ddpg.Charts.dll > tests/Ddpg.Charts.Tests/Golden/Signatures.txt
using System.Reflection;
using Ddpg.SignatureText;

(Assembly upstream, string package, string space) = args[0] switch
{
    "tensors" => (typeof(TorchSharp.torch).Assembly, "TorchSharp 0.107.0", "TorchSharp"),
    "charts" => (typeof(XPlot.Plotly.PlotlyChart).Assembly, "XPlot.Plotly 4.1.0", "XPlot.Plotly"),
    _ => throw new ArgumentException("the first argument is tensors or charts"),
};
Assembly ours = Assembly.LoadFrom(Path.GetFullPath(args[1]));
var lines = new SortedSet<string>(StringComparer.Ordinal);
foreach (Type type in SignatureLines.VisibleTypes(ours, space))
{
    // F# nests Layout in Layout; C# cannot (Ddpg.Charts.Tests, SignatureTests).
    string name = type.FullName!.Replace("LayoutNesting+Layout", "Layout+Layout", StringComparison.Ordinal);
    if (upstream.GetType(name) is not { } counterpart)
    {
        await Console.Error.WriteLineAsync($"{package} has no type {type.FullName}");
        continue;
    }
    HashSet<string> wanted = [.. SignatureLines.Of(type, inherited: false).Select(l => l.Member)];
    lines.UnionWith(SignatureLines.Of(counterpart, inherited: true).Where(l => wanted.Contains(l.Member)).Select(l => l.Line));
}
Console.WriteLine($"# Signatures of {package}, of the members that the embedded assembly has too. Made by Golden/SignatureRecorder; see its Program.cs.");
foreach (string line in lines)
{
    Console.WriteLine(line);
}
