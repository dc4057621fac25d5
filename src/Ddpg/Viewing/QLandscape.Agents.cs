using Ddpg.Agents;
using TorchSharp;
using XPlot.Plotly;
using static TorchSharp.torch;

namespace Ddpg.Viewing;

public static partial class QLandscape
{
    /// <summary>What a pendulum agent expects everywhere, Q(s, μ(s)), with arrows of its policy's torque: up pushes counter-clockwise.</summary>
    /// <param name="agent">An agent of <c>Pendulum-v1</c>.</param>
    /// <param name="title">The chart's title.</param>
    /// <exception cref="ArgumentException">The agent was made for other spaces than the pendulum's.</exception>
    public static PlotlyChart Of(DdpgAgent agent, string title = "Q(s, μ(s)) and the policy's torque")
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (agent.ObservationSpace.Length != 3 || agent.ActionSpace.Length != 1)
            throw new ArgumentException($"This landscape is the pendulum's: observations of 3 numbers, actions of 1. The agent has {agent.ObservationSpace.Length} and {agent.ActionSpace.Length}.", nameof(agent));
        var grid = new PendulumGrid();
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            Tensor observations = grid.Observations(), torque = agent.Policy.call(observations);
            return Chart(grid, grid.Matrix(agent.QNetwork.call(observations, torque)), title, arrows: grid.Matrix(torque));
        }
    }
}
