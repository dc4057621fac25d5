using System.Text;
using Ddpg.SignatureText;

namespace Ddpg.Tensors.Tests.Embedded;

[Trait("Speed", "tiny")]
public class SupportedApiTests
{
    private static readonly (string Long, string Short)[] Shortenings =
    [
        ("TorchSharp.torch.Tensor", "Tensor"), ("TorchSharp.torch.", ""), ("TorchSharp.Modules.", ""), ("TorchSharp.Utils.", ""), ("TorchSharp.", ""),
        ("System.Collections.Generic.", ""), ("System.IO.", ""), ("System.", ""), ("~", ""), ("|", "\\|"),
    ];

    [Fact]
    public void The_table_of_the_supported_API_is_current()
    {
        string path = Path.Combine(Repository.Root, "src", "Ddpg.Tensors", "SupportedApi.md");
        string current = Table();
        if (Repository.Update)
        {
            File.WriteAllText(path, current);
        }
        string recorded = File.Exists(path) ? File.ReadAllText(path) : "";
        string[] before = recorded.Split('\n'), after = current.Split('\n');
        Assert.True(recorded == current,
            $"src/Ddpg.Tensors/SupportedApi.md is not what the assembly offers; DDPG_UPDATE=1 dotnet test tests/Ddpg.Tensors.Tests rewrites it.\n" +
            $"no longer there: {string.Join("; ", before.Except(after).Take(10))}\nnew: {string.Join("; ", after.Except(before).Take(10))}");
    }

    private static string Table()
    {
        var text = new StringBuilder();
        text.Append("# What the embedded engine supports\n\nGenerated from the assembly by a test (`DDPG_UPDATE=1 dotnet test tests/Ddpg.Tensors.Tests` rewrites it). ")
            .Append("Each member exists in TorchSharp 0.107.0 with the same signature, which another test holds. A member that is not listed does not exist: using it is a compile error. ")
            .Append("Where behaviour differs from TorchSharp's, and why, is in [README.md](README.md).\n");
        foreach (Type type in SignatureLines.VisibleTypes(typeof(torch).Assembly, "TorchSharp"))
        {
            string[] members = [.. Merged(SignatureLines.Of(type, inherited: false).Where(l => l.Member.Length > 0).Select(l => l.Line[(l.Line.IndexOf(": ", StringComparison.Ordinal) + 2)..]))];
            if (members.Length == 0)
            {
                continue;
            }
            text.Append('\n').Append("## ").Append(TypeText.Name(type).Replace("TorchSharp.", "", StringComparison.Ordinal)).Append("\n\n| member |\n|---|\n");
            foreach (string member in members)
            {
                text.Append("| `").Append(member).Append("` |\n");
            }
        }
        return text.ToString();
    }

    /// <summary>One line for a property's two accessors; short type names.</summary>
    private static IEnumerable<string> Merged(IEnumerable<string> lines) => lines
        .GroupBy(l => l.Replace(" { get; }", "", StringComparison.Ordinal).Replace(" { set; }", "", StringComparison.Ordinal))
        .Select(g => g.Count() == 2 && g.All(l => l.EndsWith("et; }", StringComparison.Ordinal)) ? g.Key + " { get; set; }" : g.First())
        .Select(l => Shortenings.Aggregate(l, (s, pair) => s.Replace(pair.Long, pair.Short, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);
}
