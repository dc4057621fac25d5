using Ddpg.Randomness;
using Ddpg.Replay;

namespace Ddpg.Tests.Replay;

[Trait("Speed", "tiny")]
public sealed class ReplayBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void It_never_exceeds_its_capacity_and_forgets_the_oldest_first(int capacity)
    {
        ReplayBuffer buffer = new(capacity, 2, 1);
        for (int i = 0; i < 3 * capacity + 1; i++)
        {
            Add(buffer, i);
            Assert.Equal(Math.Min(i + 1, capacity), buffer.Count);
            Assert.Equal(i + 1, buffer.Added);
            for (int k = 0; k < buffer.Count; k++)
                AssertIs(buffer[k], i + 1 - buffer.Count + k);
        }
    }

    [Fact]
    public void A_minibatch_holds_whole_transitions()
    {
        ReplayBuffer buffer = new(50, 2, 1);
        for (int i = 0; i < 120; i++) Add(buffer, i);
        Minibatch batch = new(64, 2, 1);
        buffer.Sample(batch, new SeededRandom(1));
        for (int i = 0; i < batch.Size; i++)
        {
            int number = (int)batch.Rewards[i];
            Assert.InRange(number, 70, 119);
            Assert.Equal([number, -number], batch.Observations[(2 * i)..(2 * i + 2)]);
            Assert.Equal([number + 0.25f], batch.Actions[i..(i + 1)]);
            Assert.Equal([number + 1, -number - 1], batch.NextObservations[(2 * i)..(2 * i + 2)]);
            Assert.Equal(number % 3 == 0 ? 1 : 0, batch.Terminated[i]);
        }
    }

    [Theory]
    [InlineData(30)]   // partly filled
    [InlineData(77)]   // wrapped round
    public void Sampling_is_uniform_with_replacement(int adds)
    {
        const int capacity = 50, size = 100, batches = 2000;
        ReplayBuffer buffer = new(capacity, 2, 1);
        for (int i = 0; i < adds; i++) Add(buffer, i);
        int[] counts = new int[adds];
        Minibatch batch = new(size, 2, 1);
        SeededRandom random = new(2);
        int withRepeats = 0;
        for (int i = 0; i < batches; i++)
        {
            buffer.Sample(batch, random);
            foreach (float reward in batch.Rewards) counts[(int)reward]++;
            if (batch.Rewards.Distinct().Count() < size) withRepeats++;
        }
        Assert.Equal(batches, withRepeats);   // 100 draws from at most 50 must repeat
        Assert.All(counts[..(adds - buffer.Count)], count => Assert.Equal(0, count));
        double expected = size * (double)batches / buffer.Count, degrees = buffer.Count - 1;
        double chiSquared = counts[^buffer.Count..].Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chiSquared, degrees - 5 * Math.Sqrt(2 * degrees), degrees + 5 * Math.Sqrt(2 * degrees));
    }

    [Fact]
    public void Adding_and_sampling_allocate_nothing()
    {
        ReplayBuffer buffer = new(1000, 3, 1);
        Minibatch batch = new(64, 3, 1);
        SeededRandom random = new(3);
        float[] observation = [1, 2, 3], action = [0.5f];
        buffer.Add(observation, action, 1, observation, false);
        buffer.Sample(batch, random);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100_000; i++)
        {
            buffer.Add(observation, action, i, observation, i % 7 == 0);
            buffer.Sample(batch, random);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(5)]    // partly filled
    [InlineData(23)]   // wrapped round
    public void Rebuilt_from_its_rows_it_draws_the_same_minibatches(int adds)
    {
        ReplayBuffer original = new(10, 2, 1), copy = new(10, 2, 1);
        for (int i = 0; i < adds; i++) Add(original, i);
        Add(copy, 999);
        copy.Restart(original.Added - original.Count);
        for (int i = 0; i < original.Count; i++) copy.AddRow(original.Row(i));
        Assert.Equal((original.Added, original.Count), (copy.Added, copy.Count));
        for (int i = 0; i < 30; i++)
        {
            Add(original, adds + i);
            Add(copy, adds + i);
            Minibatch expected = new(20, 2, 1), actual = new(20, 2, 1);
            original.Sample(expected, new SeededRandom((ulong)i));
            copy.Sample(actual, new SeededRandom((ulong)i));
            Assert.Equal(expected.Observations, actual.Observations);
            Assert.Equal(expected.Rewards, actual.Rewards);
        }
    }

    [Fact]
    public void Wrong_use_is_named()
    {
        ReplayBuffer buffer = new(4, 2, 1);
        Minibatch batch = new(8, 2, 1);
        SeededRandom random = new(1);
        Assert.Equal("Cannot sample an empty ReplayBuffer; call Add first.", Assert.Throws<InvalidOperationException>(() => buffer.Sample(batch, random)).Message);
        Assert.Contains("observation has 3 number(s); this buffer was made for 2", Assert.Throws<ArgumentException>(() => buffer.Add([1, 2, 3], [1], 0, [1, 2], false)).Message);
        Assert.Contains("action has 0", Assert.Throws<ArgumentException>(() => buffer.Add([1, 2], [], 0, [1, 2], false)).Message);
        Assert.Contains("nextObservation[1] is NaN", Assert.Throws<ArgumentException>(() => buffer.Add([1, 2], [1], 0, [1, float.NaN], false)).Message);
        Assert.Contains("reward is NaN", Assert.Throws<ArgumentException>(() => buffer.Add([1, 2], [1], double.NaN, [1, 2], false)).Message);
        Assert.Contains("reward", Assert.Throws<ArgumentException>(() => buffer.Add([1, 2], [1], 1e300, [1, 2], false)).Message);
        Assert.Equal(0, buffer.Count);
        Add(buffer, 0);
        Assert.Contains("observations of 3 and actions of 1", Assert.Throws<ArgumentException>(() => buffer.Sample(new Minibatch(8, 3, 1), random)).Message);
        Assert.Contains("[0, 1)", Assert.Throws<ArgumentOutOfRangeException>(() => buffer[1]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayBuffer(0, 1, 1));
        Assert.Contains("at most", Assert.Throws<ArgumentOutOfRangeException>(() => new ReplayBuffer(int.MaxValue, 376, 17)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Minibatch(0, 1, 1));
        Assert.Throws<ArgumentException>(() => buffer.AddRow([1, 2]));
    }

    private static void Add(ReplayBuffer buffer, int number) =>
        buffer.Add([number, -number], [number + 0.25f], number, [number + 1, -number - 1], terminated: number % 3 == 0);

    private static void AssertIs(Transition transition, int number)
    {
        Assert.Equal([number, -number], transition.Observation);
        Assert.Equal([number + 0.25f], transition.Action);
        Assert.Equal(number, transition.Reward);
        Assert.Equal([number + 1, -number - 1], transition.NextObservation);
        Assert.Equal(number % 3 == 0, transition.Terminated);
    }
}
