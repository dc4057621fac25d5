using System.CommandLine;
using System.Runtime.InteropServices;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Jupyter.Messaging;
using Ddpg.Kernel.Jupyter.Sockets;
using NetMQ;

namespace Ddpg.Kernel.Jupyter.Commands;

/// <summary><c>ddpg-kernel start {connection_file}</c>: what a front end runs.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan ParentPoll = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        Argument<string> file = new("connection-file") { Description = "The file in which the front end says where to listen." };
        Command command = new("start", "Serve a front end; front ends call this themselves.") { file };
        command.SetAction(result => Run(result.GetValue(file)!, result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string file, TextWriter log)
    {
        try
        {
            ConnectionInfo connection = ConnectionInfo.Read(file);
            if (ConnectionInfo.PermissionWarning(file) is { } warning) log.WriteLine(warning);
            if (connection.Key.Length == 0) log.WriteLine("warning: the connection file has no key: every program on this machine can run code as you.");
            using CellSession session = new(new CellSessionOptions());
            using (KernelServer server = InlineCompletions.During(() => new KernelServer(connection, session, log)))
            {
                Serve(server, session);
                if (server.RefusalSummary() is { } summary) log.WriteLine(summary);
            }

            // Waits for the last messages, at most as long as they may linger.
            NetMQConfig.Cleanup();
        }
        catch (ConnectionFileException exception)
        {
            log.WriteLine(exception.Message);
            return 1;
        }

        // A cell may have started threads, or may not have stopped: they end with the process.
        Environment.Exit(0);
        return 0;
    }

    private static void Serve(KernelServer server, CellSession session)
    {
        // Interrupt by signal, for front ends and terminals that do not send the message. It never ends the kernel.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            server.Interrupt();
        });
        using ManualResetEventSlim ended = new();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ended.Set();
        });
        server.Ended.ContinueWith(_ => ended.Set(), TaskScheduler.Default);
        using ExitWatch exit = new(session, server.AnnounceEnd);
        server.Start();
        session.WarmUp();
        while (!ended.Wait(ParentPoll) && !server.Ended.IsCompleted && ParentLives())
        {
        }
    }

    // A front end that was killed cannot ask for shutdown; its kernels would stay for ever.
    private static bool ParentLives()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out int parent) || parent <= 1) return true;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(parent);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There, but not ours to look into.
            return true;
        }
    }
}
