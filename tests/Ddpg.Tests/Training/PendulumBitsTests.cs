using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Tests.Acceleration;
using Ddpg.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ddpg.Tests.Training;

/// <summary>2,000 updates of the agent on Pendulum, everything in it (fused update, environment, generator, exploration, replay, optimizers), end in the same bits on one, two and four threads and at every vector width.</summary>
[Collection(Alone.Name)]
public sealed class PendulumBitsTests
{
    /// <summary>If this changes, every learning curve of the kit changes: say why in CHANGELOG.md (breaking) and record the new one.</summary>
    private const string Recorded = "B9870C481A6DD6E6BE458BA548698770";

    /// <remarks>Even the smallest kernels are shared among the threads here, which an update itself would not do with networks of this size. Where the processor has no 512-bit vectors, .NET puts them together from narrower ones, and the hardware path is unverified.</remarks>
    [Theory]
    [InlineData(128, 1)]
    [InlineData(128, 2)]
    [InlineData(128, 4)]
    [InlineData(256, 1)]
    [InlineData(256, 2)]
    [InlineData(256, 4)]
    [InlineData(512, 1)]
    [InlineData(512, 2)]
    [InlineData(512, 4)]
    public void Two_thousand_updates_end_in_the_recorded_weights(int bits, int threads)
    {
        using var settings = new KernelSettings(bits, threads);
        IEnvironment environment = EnvironmentRegistry.Make("Pendulum-v1");
        Hyperparameters hyperparameters = Hyperparameters.Pendulum with { HiddenSizes = [64, 64], MinibatchSize = 64, StartSteps = 200, LearningStarts = 200 };
        var agent = new DdpgAgent(environment.ObservationSpace, environment.ActionSpace, hyperparameters, seed: 1);
        var trainer = new Trainer(environment, agent);
        while (agent.Updates < 2_000)
            trainer.Train(trainer.Step + 100);
        Assert.Equal(Recorded, Hash(agent));
    }

    private static string Hash(DdpgAgent agent)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (nn.Module network in new nn.Module[] { agent.Policy, agent.QNetwork, agent.TargetPolicy, agent.TargetQNetwork })
            foreach (Parameter weights in network.parameters())
                hash.AppendData(MemoryMarshal.AsBytes(weights.data<float>().ToArray().AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset())[..32];
    }
}
