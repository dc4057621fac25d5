namespace Ddpg.Tensors.Tests.Embedded;

public sealed class GeneratorThreadsTests
{
    private const int Fills = 4000, Length = 30;

    [Fact]
    public void Threads_that_share_a_generator_each_get_an_unbroken_run_of_its_numbers()
    {
        HashSet<string> alone = [.. Draw(new Generator(7), parallel: false)];
        string[] together = Draw(new Generator(7), parallel: true);
        Assert.Equal(Fills, alone.Count);
        Assert.True(alone.SetEquals(together), "a fill was interleaved with another thread's, or a number was given twice");
    }

    [Fact]
    public void Networks_can_be_made_on_several_threads_at_once() => Parallel.For(0, 2000, _ =>
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(3, 5);
        Assert.True(layer.weight.abs().max().item<float>() <= 1 / MathF.Sqrt(3));
    });

    private static string[] Draw(Generator generator, bool parallel)
    {
        string[] drawn = new string[Fills];
        void One(int i)
        {
            using var scope = NewDisposeScope();
            drawn[i] = string.Join(' ', rand([Length], ScalarType.Float64, generator: generator).data<double>().ToArray());
        }
        if (parallel) Parallel.For(0, Fills, One);
        else for (int i = 0; i < Fills; i++) One(i);
        return drawn;
    }
}
