using System.CommandLine;
using Ddpg.Training;

namespace Ddpg.Cli;

/// <summary>The verbs of <c>ddpg</c>, and what its exit codes mean.</summary>
internal static class CommandLine
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The run failed: a file could not be written, training diverged.</summary>
    public const int Failed = 1;

    /// <summary>The command cannot be run as written; nothing was started.</summary>
    public const int WrongInput = 2;

    /// <summary>Stopped by Ctrl-C; what was reached is saved.</summary>
    public const int Interrupted = 130;

    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = new RootCommand("Deep Deterministic Policy Gradient: train an agent and look at what it learnt.")
        {
            TrainCommand.Make(output, cancellation),
            EvaluateCommand.Make(output, cancellation),
            EnvironmentsCommand.Make(output),
            RecordCommand.Make(output, cancellation),
            ExportCommand.Make(output),
            SweepCommand.Make(output, cancellation),
            ReportCommand.Make(output),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError wrong in parsed.Errors)
                error.WriteLine(wrong.Message);
            error.WriteLine($"For help: ddpg {string.Join(' ', args.Take(1).Where(verb => root.Subcommands.Any(known => known.Name == verb)).Append("--help"))}");
            return WrongInput;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error });
        }
        catch (Exception exception) when (exception is FileNotFoundException or FormatException)
        {
            error.WriteLine(exception.Message);
            return WrongInput;
        }
        catch (ArgumentException exception)
        {
            error.WriteLine(FirstLine(exception));
            return WrongInput;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or TrainingDivergedException)
        {
            error.WriteLine(exception.Message);
            return Failed;
        }
        catch (Exception exception) when (Missing(exception) is not null)
        {
            error.WriteLine(Missing(exception)!.Message);
            return Failed;
        }
    }

    // What TorchSharp's type initializers wrap, where one of them was the first to need libtorch.
    private static DllNotFoundException? Missing(Exception? exception)
    {
        while (exception is TypeInitializationException) exception = exception.InnerException;
        return exception as DllNotFoundException;
    }

    // ArgumentException appends "(Parameter 'x')" and the value on further lines; the first says it all.
    private static string FirstLine(ArgumentException exception)
    {
        string message = exception.Message.Split('\n')[0].TrimEnd();
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? message : message[..parameter];
    }
}
