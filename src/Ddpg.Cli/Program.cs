using System.Runtime.InteropServices;
using Ddpg.Cli;

// The first Ctrl-C (or SIGTERM) ends the run after the current step, so that the agent can be saved; a second one ends the process.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return CommandLine.Run(args, Console.Out, Console.Error, stop.Token);
