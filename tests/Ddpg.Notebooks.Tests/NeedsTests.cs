namespace Ddpg.Notebooks.Tests;

[Trait("Speed", "tiny")]
public sealed class NeedsTests
{
    [Fact]
    public void Only_the_notebooks_about_the_robots_need_their_library() =>
        Assert.Equal(["notebooks/12-robots.ipynb", "notebooks/13-robots-compared.ipynb"], Repository.Notebooks.Where(path => Needs.Missing(path, hasRobots: false) is not null));

    [Fact]
    public void Where_it_is_missing_notebook_and_remedy_are_named()
    {
        string reason = Needs.Missing("notebooks/12-robots.ipynb", hasRobots: false)!;
        Assert.StartsWith("notebooks/12-robots.ipynb needs the MuJoCo library. ", reason, StringComparison.Ordinal);
        Assert.Contains("DDPG_MUJOCO", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_is_nothing_is_missing() => Assert.Null(Needs.Missing("notebooks/12-robots.ipynb", hasRobots: true));
}
