using Ddpg.Environments;
using Ddpg.Experiments;

namespace Ddpg.Tests.Experiments;

[Trait("Speed", "tiny")]
public sealed class AnchorsTests
{
    [Theory]
    [InlineData("Pendulum-v1", -160.0)]
    [InlineData("MountainCarContinuous-v0", 90.0)]
    [InlineData("LunarLanderContinuous-v2", 200.0)]
    [InlineData("LunarLanderContinuous-v3", 200.0)]
    [InlineData("InvertedPendulum-v4", 950.0)]
    [InlineData("HalfCheetah-v4", 4800.0)]
    [InlineData("Hopper-v4", 3800.0)]
    [InlineData("Ant-v2", 6000.0)]
    [InlineData("Walker2d-v4", null)]
    [InlineData("Humanoid-v4", null)]
    [InlineData("Nowhere-v0", null)]
    public void What_counts_as_solved_is_the_registered_return_where_there_is_one(string id, double? expected) => Assert.Equal(expected, Anchors.Solved(id));

    [Fact]
    public void Every_known_return_names_its_source() =>
        Assert.All(EnvironmentRegistry.Ids.SelectMany(Anchors.Known), anchor => Assert.NotEmpty(anchor.Source));

    /// <summary>A chart that puts robots on one scale divides by it.</summary>
    [Theory]
    [InlineData("Hopper-v4", 2410.0)]
    [InlineData("Walker2d-v4", 3336.0)]
    [InlineData("HalfCheetah-v4", 7697.0)]
    [InlineData("Ant-v4", 1954.0)]
    [InlineData("Humanoid-v4", 5190.0)]
    public void Each_of_the_posts_five_robots_has_one_published_return_of_TD3(string id, double expected) =>
        Assert.Equal(expected, Assert.Single(Anchors.Known(id), anchor => anchor.Name.StartsWith("published TD3", StringComparison.Ordinal)).Value);

    [Fact]
    public void For_a_task_that_can_be_played_they_come_after_dice_and_doing_nothing()
    {
        Assert.Equal(["uniformly random actions", "zero action"], Anchors.For("MountainCarContinuous-v0", 2).Select(anchor => anchor.Name).Take(2));
        Assert.Equal(Anchors.Known("MountainCarContinuous-v0"), Anchors.For("MountainCarContinuous-v0", 2).Skip(2));
    }
}
