using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Cli;

/// <summary><c>ddpg envs</c>: what can be trained on.</summary>
internal static class EnvironmentsCommand
{
    public static Command Make(TextWriter output)
    {
        var speed = new Option<double>("--speed") { Description = "Also measure steps a second on one core, under random actions, for so many seconds each.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("envs", "List the environments: id, numbers in an observation and an action, steps in an episode.") { speed };
        command.SetAction(parsed =>
        {
            bool measure = parsed.GetResult(speed) is not null;
            double seconds = parsed.GetValue(speed) is double given and not 0 ? given : 2;
            if (!(seconds is > 0 and <= 3600))
                throw new ArgumentOutOfRangeException(nameof(speed), $"--speed is {seconds.ToString(CultureInfo.InvariantCulture)}; it must lie in (0, 3600] seconds.");
            output.WriteLine($"{"environment",-28}{"observation",12}{"action",8}{"steps",8}{(measure ? $"{"steps/s",12}" : "")}");
            foreach (string id in EnvironmentRegistry.Ids)
            {
                IEnvironment environment = EnvironmentRegistry.Make(id);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{id,-28}{environment.ObservationSpace.Length,12}{environment.ActionSpace.Length,8}{environment.MaxEpisodeSteps,8}{(measure ? $"{StepsPerSecond(environment, seconds),12:F0}" : "")}"));
            }
        });
        return command;
    }

    private static double StepsPerSecond(IEnvironment environment, double seconds)
    {
        var random = new SeededRandom(1, RandomStream.ActionSampling);
        float[] action = new float[environment.ActionSpace.Length];
        Measure(environment, random, action, seconds / 4);
        return Measure(environment, random, action, seconds);
    }

    private static double Measure(IEnvironment environment, SeededRandom random, float[] action, double seconds)
    {
        environment.Reset(1);
        long steps = 0, start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            for (int i = 0; i < 100; i++, steps++)
            {
                environment.ActionSpace.Sample(random, action);
                if (environment.Step(action).EpisodeEnded)
                    environment.Reset();
            }
        }
        return steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
