namespace Ddpg.Environments;

/// <summary>Checks of what depends on the seed and what must not.</summary>
internal static class RandomnessChecks
{
    private const int Steps = 200;

    public static void SameSeed(EnvironmentProbe probe)
    {
        List<StepResult> first = Episode(probe, probe.Seed), second = Episode(probe, probe.Seed);
        if (EnvironmentProbe.FirstDifference(first, second) is string difference)
        {
            probe.Error(
                $"two episodes of seed {probe.Seed} with the same actions differ: {difference}",
                "Draw every random number from one generator that Reset(seed) makes anew, and reset every variable that Step changes. No Random.Shared, no clock.");
        }
    }

    public static void OtherSeeds(EnvironmentProbe probe)
    {
        List<StepResult> first = Episode(probe, probe.Seed);
        for (ulong other = 1; other <= 5; other++)
            if (EnvironmentProbe.FirstDifference(first, Episode(probe, probe.Seed + other)) is not null) return;
        probe.Warn(
            $"six seeds, {probe.Seed} to {probe.Seed + 5}, give the same episode",
            "Use the seed for the start state, unless the task is meant to start in one place only: a policy learnt from one start often knows no other.");
    }

    public static void ResetWithoutSeed(EnvironmentProbe probe)
    {
        List<float[]> starts = Starts(probe), again = Starts(probe);
        for (int i = 0; i < starts.Count; i++)
        {
            if (starts[i].AsSpan().SequenceEqual(again[i])) continue;
            probe.Error(
                $"Reset() number {i} after Reset({probe.Seed}) starts differently the second time",
                "Reset(null) must go on with the generator that the last seed made, not take a new one from the clock.");
            return;
        }
        // A copy: an environment that hands out one array again and again would be compared with itself.
        float[] first = [.. probe.Environment.Reset(probe.Seed)];
        bool seedMatters = !first.AsSpan().SequenceEqual(probe.Environment.Reset(probe.Seed + 1));
        if (seedMatters && starts.TrueForAll(start => start.AsSpan().SequenceEqual(starts[0])))
            probe.Error("every Reset() repeats the same start", "Reset(null) must go on with the random stream; make a new generator only when a seed is given.");
    }

    private static List<float[]> Starts(EnvironmentProbe probe)
    {
        List<float[]> starts = [[.. probe.Environment.Reset(probe.Seed)]];
        for (int i = 0; i < 5; i++) starts.Add([.. probe.Environment.Reset()]);
        return starts;
    }

    private static List<StepResult> Episode(EnvironmentProbe probe, ulong seed) =>
        probe.Episode(() => probe.Environment.Reset(seed), probe.RandomActions(), Steps);
}
