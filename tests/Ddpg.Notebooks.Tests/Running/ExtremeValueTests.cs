using System.Text;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Tests.Jupyter;

namespace Ddpg.Notebooks.Tests.Running;

/// <summary>Values far outside of what a notebook names: either an error that names value and range before anything is trained, or an honest end.</summary>
public sealed class ExtremeValueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ddpg-extreme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("00-start-here", "PolicyLearningRate is 0; it must lie in (0, 1]", "learningRate=0")]
    [InlineData("00-start-here", "Discount is 2; it must lie in [0, 1]", "discount=2")]
    [InlineData("00-start-here", "NoiseStd is -1; it must lie in [0, 10]", "noise=-1")]
    [InlineData("01-mdp", "discount ('1') must be less than '1'", "discount=1")]
    [InlineData("01-mdp", "discount ('-3') must be a non-negative value", "discount=-3")]
    [InlineData("01-mdp", "startCount ('0') must be greater than or equal to '2'", "startCount=0")]
    [InlineData("02-critic-loss", "Range: [1, 4096]. (Parameter 'minibatchSize')", "minibatchSize=100000000")]
    [InlineData("03-policy-gradient", "Range: [1000, 200000]. (Parameter 'transitions')", "transitions=2000000000")]
    [InlineData("04-target-networks", "Range: [1, 10]. (Parameter 'runs')", "runs=0")]
    [InlineData("04-target-networks", "Range: [1E-05, 0.1]. (Parameter 'learningRate')", "learningRate=1")]
    [InlineData("05-exploration-noise", "Range: [0.01, 2]. (Parameter 'sigma')", "sigma=double.NaN")]
    [InlineData("06-training-loop", "Range: [1E-05, 0.1]. (Parameter 'learningRate')", "learningRate=1")]
    [InlineData("08-noise-study", "Range: [0.01, 1]. (Parameter 'theta')", "theta=0")]
    [InlineData("10-when-it-fails", "Range: [1, 20]. (Parameter 'seeds')", "seeds=0")]
    [InlineData("12-robots", "Range: [5000, 100000]. (Parameter 'poleSteps')", "poleSteps=0")]
    [InlineData("13-robots-compared", "Range: [10000, 1000000]. (Parameter 'antSteps')", "antSteps=0")]
    public void A_value_that_cannot_be_is_refused_in_the_first_cells(string notebook, string expected, params string[] values)
    {
        (int exit, string output) = Run(notebook, values);
        Assert.Equal(1, exit);
        Assert.Contains(expected, output);
        string failed = Assert.Single(output.Split('\n'), line => line.Contains(" FAIL ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(failed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1].Split('/')[0]), 5, 9);
    }

    [Theory]
    [InlineData("00-start-here", "totalSteps=1500", "learningRate=1", "noise=10", "discount=1", "seed=18446744073709551615")]
    [InlineData("01-mdp", "startCount=2", "discount=0")]
    [InlineData("02-critic-loss", "transitions=1000", "updates=1", "minibatchSize=1", "tau=0", "discount=0", "learningRate=0.01")]
    [InlineData("03-policy-gradient", "transitions=1000", "criticUpdates=1", "policySteps=1", "minibatchSize=1", "discount=0")]
    [InlineData("04-target-networks", "runs=1", "totalSteps=2000", "discount=0")]
    [InlineData("08-noise-study", "totalSteps=4000", "episodes=20", "theta=1", "seed=9")]
    public void The_ends_of_the_ranges_run_to_the_end_and_print_numbers(string notebook, params string[] values)
    {
        (int exit, string output) = Run(notebook, values);
        Assert.True(exit == 0, output);
        string printed = Printed(Path.Combine(_folder, notebook + ".ipynb"));
        Assert.True(printed.Length > 200, printed);
        Assert.DoesNotContain("-0 %", printed);
        Assert.DoesNotContain("NaN", printed);
        Assert.DoesNotContain("∞", printed);
        Assert.DoesNotContain("Infinity", printed);
    }

    private (int Exit, string Output) Run(string notebook, string[] values) => InstalledKernel.Run(
        ["run", Path.Combine(Repository.NotebookFolder, notebook + ".ipynb"), .. values.SelectMany(value => new[] { "-p", value }), "--no-html", "--output", _folder], null, TimeSpan.FromMinutes(15));

    private static string Printed(string path)
    {
        var text = new StringBuilder();
        foreach (JsonNode? cell in JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray())
            foreach (JsonNode? output in cell!["outputs"]?.AsArray() ?? [])
                foreach (JsonNode? lines in new[] { output!["text"], output["data"]?["text/plain"] })
                    text.Append(lines is JsonArray array ? string.Concat(array.Select(line => (string)line!)) : (string?)lines).Append('\n');
        return text.ToString();
    }
}
