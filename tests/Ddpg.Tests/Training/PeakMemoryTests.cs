using System.Runtime;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Replay;

namespace Ddpg.Tests.Training;

/// <summary>What an agent of 256-256 units with a full replay buffer of 1,000,000 pendulum transitions takes of the machine's memory.</summary>
[Collection(Alone.Name)]
public sealed class PeakMemoryTests
{
    private const int Rows = 1_000_000, Batch = 256, Wide = 256;

    // Floats of a transition (s, a, r, s', d), of one policy and of one critic; four networks; two Adam moments and a gradient for two of them; a packed copy of each.
    private const long Transition = 3 + 1 + 1 + 3 + 1;
    private const long PolicyWeights = (3 * Wide) + Wide + (Wide * Wide) + Wide + Wide + 1, CriticWeights = PolicyWeights + Wide;
    private const long Networks = (2 + 3 + 2) * (PolicyWeights + CriticWeights);

    // Activations live at once: two layers each of the policy and of the critic, and two gradients on their way back.
    private const long Activations = 6L * Batch * Wide;
    private const long Arithmetic = sizeof(float) * ((Rows * Transition) + Networks + Activations);

    /// <remarks>41.3 MB by the arithmetic. Resident memory before and after, in a process in which a smaller agent has already had every method compiled.</remarks>
    [Fact]
    public void An_agent_with_a_million_transitions_takes_what_the_arithmetic_says()
    {
        Run(1_000, [16, 16], 64);
        long before = Resident();
        long after = Run(Rows, [Wide, Wide], Batch);
        double ratio = (double)(after - before) / Arithmetic;
        Assert.True(ratio is > 0.85 and < 1.15, FormattableString.Invariant($"{(after - before) / 1e6:F1} MB resident, {Arithmetic / 1e6:F1} MB by the arithmetic: {ratio:P0}"));
    }

    private static long Run(int rows, int[] hidden, int batch)
    {
        var environment = new Pendulum();
        var agent = new DdpgAgent(environment.ObservationSpace, environment.ActionSpace, new Hyperparameters { HiddenSizes = Ddpg.Networks.LayerSizes.Create(hidden), MinibatchSize = batch }, seed: 1);
        var replay = new ReplayBuffer(rows, 3, 1);
        float[] observation = [1, 0, 0.5f], action = [0.25f];
        for (int i = 0; i < rows; i++)
            replay.Add(observation, action, -1, observation, terminated: false);
        var minibatch = new Minibatch(batch, 3, 1);
        var random = new Ddpg.Randomness.SeededRandom(1);
        for (int i = 0; i < 60; i++)
        {
            replay.Sample(minibatch, random);
            agent.Update(minibatch);
        }
        long resident = Resident();
        GC.KeepAlive(replay);
        GC.KeepAlive(agent);
        return resident;
    }

    private static long Resident()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
