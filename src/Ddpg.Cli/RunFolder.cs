using Ddpg.Agents;
using Ddpg.Training;

namespace Ddpg.Cli;

/// <summary>What verbs about a run read from its folder.</summary>
internal static class RunFolder
{
    /// <summary>The run's settings and one of its agents: the last, or the one of its best evaluation.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no run, or the run has not got so far; the message says what to do.</exception>
    public static (RunConfig Config, DdpgAgent Agent) Load(string folder, bool best)
    {
        RunConfig config = Run.ReadConfig(folder);
        string path = Path.Combine(folder, best ? "best.ddpg" : "agent.ddpg");
        if (!File.Exists(path))
            throw new FileNotFoundException(best
                ? $"'{folder}' has no best.ddpg: no evaluation was made in this run yet."
                : $"'{folder}' has no agent.ddpg: the run has not come to its end. Go on with it by ddpg train --resume {folder}, or take --best, the agent of its best evaluation so far.", path);
        return (config, DdpgAgent.Load(path));
    }
}
