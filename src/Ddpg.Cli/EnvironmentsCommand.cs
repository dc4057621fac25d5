using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ddpg.Environments;
using Ddpg.Randomness;

namespace Ddpg.Cli;

/// <summary><c>ddpg envs</c>: what can be trained on.</summary>
internal static class EnvironmentsCommand
{
    // Steps a second of one core that a robot must make at least, whatever its version; measured on a core of a cloud machine (Xeon) they make more.
    private static readonly (string Name, double StepsPerSecond)[] Floors =
        [("Ant", 2_200), ("HalfCheetah", 15_000), ("Hopper", 7_000), ("Humanoid", 1_600), ("Walker2d", 5_000)];

    public static Command Make(TextWriter output)
    {
        var ids = new Argument<string[]>("ids") { Description = "Only these; all when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var speed = new Option<double>("--speed")
        {
            Description = "Also measure steps a second of one core, under random actions, for so many seconds each, beside the floor that a robot must reach.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("envs", "List the environments: id, numbers in an observation and an action, steps in an episode; and what is missing to make one.") { ids, speed };
        command.SetAction(parsed =>
        {
            bool measure = parsed.GetResult(speed) is not null;
            double seconds = parsed.GetValue(speed) is double given and not 0 ? given : 2;
            if (!(seconds is > 0 and <= 3600))
                throw new ArgumentOutOfRangeException(nameof(speed), $"--speed is {seconds.ToString(CultureInfo.InvariantCulture)}; it must lie in (0, 3600] seconds.");
            output.WriteLine($"{"environment",-36}{"observation",12}{"action",8}{"steps",8}{(measure ? $"{"steps/s",12}{"floor",10}" : "")}");
            var missing = new List<string>();
            foreach (string id in parsed.GetValue(ids) is { Length: > 0 } chosen ? chosen : EnvironmentRegistry.Ids)
            {
                if (EnvironmentRegistry.Missing(id) is string problem)
                {
                    output.WriteLine($"{id,-36}  cannot be made here, see below");
                    if (!missing.Contains(problem)) missing.Add(problem);
                    continue;
                }
                IEnvironment environment = EnvironmentRegistry.Make(id);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{id,-36}{environment.ObservationSpace.Length,12}{environment.ActionSpace.Length,8}{environment.MaxEpisodeSteps,8}{(measure ? Speed(environment, seconds) : "")}"));
                (environment as IDisposable)?.Dispose();
            }
            foreach (string problem in missing) output.WriteLine(Environment.NewLine + problem);
        });
        return command;
    }

    private static string Speed(IEnvironment environment, double seconds)
    {
        double measured = StepsPerSecond(environment, seconds), floor = Floors.FirstOrDefault(floor => environment.Id.StartsWith(floor.Name + "-v", StringComparison.Ordinal)).StepsPerSecond;
        string verdict = floor == 0 ? "" : measured >= floor ? $"{floor,10:F0}" : $"{floor,10:F0}  below the floor";
        return string.Create(CultureInfo.InvariantCulture, $"{measured,12:F0}{verdict}");
    }

    private static double StepsPerSecond(IEnvironment environment, double seconds)
    {
        var random = new SeededRandom(1, RandomStream.ActionSampling);
        float[] action = new float[environment.ActionSpace.Length];
        Measure(environment, random, action, seconds / 4);
        return Measure(environment, random, action, seconds);
    }

    // By the processor's time, so that what else the machine does counts little.
    private static double Measure(IEnvironment environment, SeededRandom random, float[] action, double seconds)
    {
        environment.Reset(1);
        long steps = 0, start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            for (int i = 0; i < 100; i++, steps++)
            {
                environment.ActionSpace.Sample(random, action);
                if (environment.Step(action).EpisodeEnded)
                    environment.Reset();
            }
        }
        return steps / (Environment.CpuUsage.TotalTime - used).TotalSeconds;
    }
}
