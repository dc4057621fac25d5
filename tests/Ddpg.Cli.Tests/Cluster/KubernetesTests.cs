using YamlDotNet.RepresentationModel;

namespace Ddpg.Cli.Tests.Cluster;

/// <summary>The manifest for Kubernetes, read as YAML: there is no cluster here to send it to.</summary>
public sealed class KubernetesTests
{
    private static readonly YamlMappingNode[] Documents = Read();

    private static YamlMappingNode Job => Documents.Single(document => Text(document, "kind") == "Job");

    [Fact]
    public void It_is_an_indexed_job_whose_parts_may_run_at_once_and_fail_on_their_own()
    {
        Assert.Equal("batch/v1", Text(Job, "apiVersion"));
        Assert.Equal("Indexed", Text(Job, "spec", "completionMode"));
        int completions = int.Parse(Text(Job, "spec", "completions")), parallelism = int.Parse(Text(Job, "spec", "parallelism"));
        Assert.InRange(completions, 2, 1_000);
        Assert.InRange(parallelism, 1, completions);
        Assert.InRange(int.Parse(Text(Job, "spec", "backoffLimitPerIndex")), 1, 100);
        // The API server refuses a podFailurePolicy under any other restart policy.
        Assert.Equal("Never", Text(Job, "spec", "template", "spec", "restartPolicy"));
        Assert.InRange(int.Parse(Text(Job, "spec", "template", "spec", "terminationGracePeriodSeconds")), 30, 600);
        YamlNode[] rules = [.. (YamlSequenceNode)Node(Job, "spec", "podFailurePolicy", "rules")];
        Assert.Equal(["Ignore", "FailIndex"], rules.Select(rule => Text(rule, "action")));
        Assert.Equal(CommandLine.WrongInput, int.Parse(Assert.Single((YamlSequenceNode)Node(rules[1], "onExitCodes", "values")).ToString()));
    }

    [Fact]
    public void Each_index_runs_its_shard_of_as_many_as_there_are()
    {
        YamlNode container = Container();
        YamlNode parts = Assert.Single((YamlSequenceNode)Node(container, "env"), variable => Text(variable, "name") == "PARTS");
        Assert.Equal(Text(Job, "spec", "completions"), Text(parts, "value"));
        Assert.Equal(YamlDotNet.Core.ScalarStyle.DoubleQuoted, ((YamlScalarNode)Node(parts, "value")).Style);   // the API server refuses a number here
        string command = Assert.Single((YamlSequenceNode)Node(container, "args")).ToString();
        Assert.StartsWith("exec ", command);
        Assert.Contains("--shard \"$((JOB_COMPLETION_INDEX + 1))/$PARTS\"", command);

        // The words behind the program are ones that the program knows.
        string[] words = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word != "sweep").Where(word => word.StartsWith("--", StringComparison.Ordinal))];
        using StringWriter help = new();
        Assert.Equal(0, CommandLine.Run(["sweep", "--help"], help, help));
        Assert.All(words, word => Assert.Contains(word, help.ToString()));
    }

    [Fact]
    public void Every_mount_has_its_volume_and_all_parts_write_into_one_claim()
    {
        YamlNode[] volumes = [.. (YamlSequenceNode)Node(Job, "spec", "template", "spec", "volumes")];
        YamlNode[] mounts = [.. (YamlSequenceNode)Node(Container(), "volumeMounts")];
        Assert.Equal(volumes.Select(volume => Text(volume, "name")).Order(), mounts.Select(mount => Text(mount, "name")).Order());
        string command = Node(Container(), "args").ToString();
        Assert.All(mounts, mount => Assert.Contains(" " + Text(mount, "mountPath"), command));
        YamlMappingNode claim = Documents.Single(document => Text(document, "kind") == "PersistentVolumeClaim");
        Assert.Equal(Text(claim, "metadata", "name"), Text(volumes.Single(volume => Text(volume, "name") == "results"), "persistentVolumeClaim", "claimName"));
        Assert.Equal("ReadWriteMany", Assert.Single((YamlSequenceNode)Node(claim, "spec", "accessModes")).ToString());
        Assert.True(Node(Container(), "resources", "limits") is YamlMappingNode);
    }

    private static YamlNode Container() => Assert.Single((YamlSequenceNode)Node(Job, "spec", "template", "spec", "containers"));

    private static YamlNode Node(YamlNode node, params string[] path) => path.Aggregate(node, (inner, key) => ((YamlMappingNode)inner).Children[new YamlScalarNode(key)]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)Node(node, path)).Value!;

    private static YamlMappingNode[] Read()
    {
        var stream = new YamlStream();
        using StreamReader reader = File.OpenText(Path.Combine(AppContext.BaseDirectory, "cluster", "kubernetes-job.yaml"));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }
}
