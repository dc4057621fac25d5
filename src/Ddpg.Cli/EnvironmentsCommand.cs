using System.CommandLine;
using System.Globalization;
using Ddpg.Environments;

namespace Ddpg.Cli;

/// <summary><c>ddpg envs</c>: what can be trained on.</summary>
internal static class EnvironmentsCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("envs", "List the environments: id, numbers in an observation and an action, steps in an episode.");
        command.SetAction(_ =>
        {
            output.WriteLine($"{"environment",-28}{"observation",12}{"action",8}{"steps",8}");
            foreach (string id in EnvironmentRegistry.Ids)
            {
                IEnvironment environment = EnvironmentRegistry.Make(id);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{id,-28}{environment.ObservationSpace.Length,12}{environment.ActionSpace.Length,8}{environment.MaxEpisodeSteps,8}"));
            }
        });
        return command;
    }
}
