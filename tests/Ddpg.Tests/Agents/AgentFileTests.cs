using Ddpg.Agents;
using Ddpg.Replay;

namespace Ddpg.Tests.Agents;

[Trait("Speed", "tiny")]
public sealed class AgentFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ddpg-agent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Presets => [.. Hyperparameters.PresetNames];

    [Theory, MemberData(nameof(Presets))]
    public void A_loaded_agent_learns_on_as_if_it_had_never_stopped(string preset)
    {
        Hyperparameters hyperparameters = Hyperparameters.Preset(preset) with { HiddenSizes = [16, 16] };
        DdpgAgent straight = UpdateTests.Agent(hyperparameters, seed: 5);
        Learn(straight, 0, 7);
        string path = Path.Combine(_folder, "agent.ddpg");
        straight.Save(path);

        DdpgAgent resumed = DdpgAgent.Load(path);
        Assert.Equal((straight.Hyperparameters, straight.Seed, straight.Updates), (resumed.Hyperparameters, resumed.Seed, resumed.Updates));
        Learn(straight, 7, 20);
        Learn(resumed, 7, 20);
        AssertSame(straight, resumed);
    }

    [Fact]
    public void Saving_twice_writes_the_same_bytes_and_replaces_the_file()
    {
        DdpgAgent agent = UpdateTests.Agent();
        string path = Path.Combine(_folder, "new", "agent.ddpg");
        agent.Save(path);
        byte[] first = File.ReadAllBytes(path);
        agent.Save(path);
        Assert.Equal(first, File.ReadAllBytes(path));
        Learn(agent, 0, 1);
        agent.Save(path);
        Assert.NotEqual(first, File.ReadAllBytes(path));
        Assert.Equal(["agent.ddpg"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_no_other()
    {
        DdpgAgent agent = UpdateTests.Agent();
        string path = Path.Combine(_folder, "agent.ddpg");
        Directory.CreateDirectory(path);    // a file cannot take a folder's place
        File.WriteAllText(Path.Combine(path, "inside"), "");
        Assert.ThrowsAny<Exception>(() => agent.Save(path));
        Assert.True(Directory.Exists(path));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public void A_damaged_file_is_refused(int index)
    {
        string path = Path.Combine(_folder, "agent.ddpg");
        UpdateTests.Agent().Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[index < 0 ? bytes.Length + index : index] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(index == 0 ? "is not an agent's file" : "is damaged", Assert.Throws<InvalidDataException>(() => DdpgAgent.Load(path)).Message);
    }

    [Fact]
    public void A_short_file_another_file_and_no_file_are_refused()
    {
        string path = Path.Combine(_folder, "agent.ddpg");
        UpdateTests.Agent().Save(path);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        Assert.Contains("is damaged", Assert.Throws<InvalidDataException>(() => DdpgAgent.Load(path)).Message);
        File.WriteAllText(path, "{}");
        Assert.Contains("is not an agent's file", Assert.Throws<InvalidDataException>(() => DdpgAgent.Load(path)).Message);
        Assert.Throws<FileNotFoundException>(() => DdpgAgent.Load(path + "x"));
    }

    private static void Learn(DdpgAgent agent, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            Minibatch minibatch = UpdateTests.RandomMinibatch((ulong)i);
            agent.Update(minibatch);
        }
    }

    private static void AssertSame(DdpgAgent first, DdpgAgent second)
    {
        Assert.Equal(UpdateTests.Weights(first.Policy), UpdateTests.Weights(second.Policy));
        Assert.Equal(UpdateTests.Weights(first.TargetPolicy), UpdateTests.Weights(second.TargetPolicy));
        foreach ((var one, var two) in first.QNetworks.Concat(first.TargetQNetworks).Zip(second.QNetworks.Concat(second.TargetQNetworks)))
            Assert.Equal(UpdateTests.Weights(one), UpdateTests.Weights(two));
    }
}
