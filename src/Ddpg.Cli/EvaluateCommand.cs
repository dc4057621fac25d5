using System.CommandLine;
using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Training;

namespace Ddpg.Cli;

/// <summary><c>ddpg evaluate</c>: what the policy of a run scores without exploration noise.</summary>
internal static class EvaluateCommand
{
    public static Command Make(TextWriter output, CancellationToken cancellation)
    {
        var folder = new Argument<string>("run") { Description = "The run's folder, with its config.json and agent.ddpg." };
        var episodes = new Option<int>("--episodes") { Description = "How many fixed starts.", DefaultValueFactory = _ => 100 };
        var seed = new Option<ulong?>("--seed") { Description = "What fixes the starts; the run's own evaluation seed by default." };
        var best = new Option<bool>("--best") { Description = "Take the agent of the best evaluation on the way, not the last one. Score it on other starts (--seed): on its own it was chosen." };
        var command = new Command("evaluate", "Score the policy of a run, and say how long its episodes are and how far a walking robot comes.") { folder, episodes, seed, best };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(episodes) < 1)
                throw new ArgumentOutOfRangeException(nameof(episodes), $"--episodes is {parsed.GetValue(episodes)}; it must be at least 1.");
            (RunConfig config, DdpgAgent agent) = RunFolder.Load(Paths.Folder(parsed.GetValue(folder)!), parsed.GetValue(best));
            var meter = new EpisodeMeter(EnvironmentRegistry.Make(config.Environment));
            var evaluator = new Evaluator(meter, parsed.GetValue(seed) ?? config.EvaluationSeed ?? Evaluator.DefaultSeed);
            try
            {
                output.WriteLine($"{config.Environment}, agent after {agent.Updates} updates: {evaluator.Evaluate(agent, parsed.GetValue(episodes), cancellation)}");
                output.WriteLine($"an episode: {meter}");
                return CommandLine.Success;
            }
            catch (OperationCanceledException)
            {
                return CommandLine.Interrupted;
            }
        });
        return command;
    }
}
