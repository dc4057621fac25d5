using Ddpg.Environments;
using Ddpg.Randomness;
using Ddpg.Tests.Training;

namespace Ddpg.Tests.Environments;

/// <summary>Whole runs of the lunar lander wait for the solver as much as for the networks.</summary>
[Collection(Alone.Name)]
public sealed class LanderSpeedTests
{
    private const int Steps = 20_000;

    /// <summary>By the processor's time, so that what else the machine does counts little. Measured alone on a core of a cloud machine (Xeon): 50,000 steps a second.</summary>
    [Fact]
    public void The_lander_makes_20000_steps_a_second_on_one_core()
    {
        var lander = new LunarLanderContinuous();
        var random = new SeededRandom(1, RandomStream.ActionSampling);
        float[] action = new float[2];
        lander.Reset(1);
        double best = 0;
        for (int round = 0; round < 6; round++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < Steps; i++)
            {
                lander.ActionSpace.Sample(random, action);
                if (lander.Step(action).EpisodeEnded)
                    lander.Reset();
            }
            best = Math.Max(best, Steps / (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }
        Assert.True(best >= 20_000, FormattableString.Invariant($"{best:F0} steps a second at best"));
    }
}
