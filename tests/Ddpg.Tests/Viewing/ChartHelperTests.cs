using Ddpg.Exploration;
using Ddpg.Randomness;
using Ddpg.Viewing;
using XPlot.Plotly;
using static TorchSharp.torch;

namespace Ddpg.Tests.Viewing;

[Trait("Speed", "tiny")]
public sealed class ChartHelperTests
{
    [Fact]
    public void Autocorrelation_is_that_of_numpy()
    {
        // python3 -c "import numpy as n; x=n.array([1.,3,2,5,4,6,2]); d=x-x.mean(); print([float((d[:len(d)-k]*d[k:]).sum()/(d*d).sum()) for k in range(4)])"
        double[] expected = [1.0, -0.07773109243697474, 0.2710084033613446, -0.505252100840336];
        double[] actual = NoisePlots.Autocorrelation([1, 3, 2, 5, 4, 6, 2], 3);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Too_few_values_for_a_lag_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => NoisePlots.Autocorrelation([1, 2, 3], 3));
        Assert.StartsWith("3 values are too few for lag 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NoisePlots.Autocorrelation([1.0, 1, 1], 1));
    }

    [Fact]
    public void Noise_is_restarted_at_each_episode()
    {
        var space = new Ddpg.Environments.Box(-2, 2, 1);
        var noise = new OrnsteinUhlenbeckActionNoise(space, new SeededRandom(1, RandomStream.Exploration), timeStep: 1);
        double[] drawn = NoisePlots.Draw(noise, 6000, episodeLength: 3);
        // From zero each time, so the first of three has the spread of one step and the third a larger one.
        double Spread(int place) => Math.Sqrt(drawn.Where((_, index) => index % 3 == place).Average(value => value * value));
        Assert.InRange(Spread(2) / Spread(0), 1.3, 1.8);
    }

    [Fact]
    public void A_band_is_a_closed_outline()
    {
        string script = XPlot.Plotly.Chart.Plot(ConfidenceBand.Around([0, 1, 2], [5, 6, 7], [1, 2, 3])).GetInlineJS();
        Assert.Contains("\"toself\"", script, StringComparison.Ordinal);
        Assert.Contains("rgba(0,114,178,0.2)", script, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 2, 1, 0], (double[])ConfidenceBand.Around([0, 1, 2], [5, 6, 7], [1, 2, 3]).x);
        Assert.Equal([4, 4, 4, 10, 8, 6], (double[])ConfidenceBand.Around([0, 1, 2], [5, 6, 7], [1, 2, 3]).y);
    }

    [Fact]
    public void A_band_of_unequal_lengths_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ConfidenceBand.Between([0, 1], [0, 1], [1]));
        Assert.StartsWith("A band needs as many lower and upper values as positions; got 2 positions, 2 lower and 1 upper values.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_of_another_form_is_refused() => Assert.Throws<ArgumentException>(() => ChartPalette.Translucent("blue", 0.5));

    [Fact]
    public void Colours_come_round_again() => Assert.Equal([ChartPalette.Blue, ChartPalette.Grey, ChartPalette.Blue, ChartPalette.Grey], new[] { 0, 6, 7, -1 }.Select(ChartPalette.Colour));

    [Fact]
    public void The_grid_runs_through_velocities_row_by_row()
    {
        var grid = new PendulumGrid(angles: 3, velocities: 2);
        using Tensor observations = grid.Observations();
        Assert.Equal([6L, 3], observations.shape);
        using Tensor velocity = observations.select(1, 2);
        double[,] matrix = grid.Matrix(velocity);
        Assert.Equal(new double[,] { { -8, -8, -8 }, { 8, 8, 8 } }, matrix);
        using Tensor cosine = observations.select(1, 0);
        Assert.Equal(-1, grid.Matrix(cosine)[0, 0], 1e-6);
        Assert.Equal(1, grid.Matrix(cosine)[0, 1], 1e-6);
    }

    [Fact]
    public void A_matrix_of_another_size_is_refused()
    {
        var grid = new PendulumGrid(angles: 3, velocities: 2);
        var error = Assert.Throws<ArgumentException>(() => QLandscape.Chart(grid, new double[3, 2], "Q"));
        Assert.StartsWith("The matrix is 3 by 2; the grid has 2 velocities (rows) by 3 angles (columns).", error.Message, StringComparison.Ordinal);
        using Tensor five = zeros(5);
        Assert.StartsWith("The grid has 6 points", Assert.Throws<ArgumentException>(() => grid.Matrix(five)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_landscapes_share_their_colours()
    {
        var grid = new PendulumGrid(angles: 2, velocities: 2);
        PlotlyChart chart = QLandscape.Compare(grid, ("before", new double[,] { { 0, 1 }, { 2, 3 } }), ("after", new double[,] { { -5, 1 }, { 2, 9 } }), "Q");
        string script = chart.GetInlineJS();
        Assert.Equal(2, script.Split("\"zmin\":-5").Length - 1);
        Assert.Equal(2, script.Split("\"zmax\":9").Length - 1);
    }
}
