using System.Net;
using System.Net.Sockets;

namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>
/// The runtime tells of a socket's bytes on the thread pool, which a cell may keep busy: the heartbeat would stop. It can do so on threads of its own, but
/// reads that wish from the environment only, once, at the process's first asynchronous socket call.
/// </summary>
internal static class InlineCompletions
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Opens the kernel's sockets with the wish in the environment, and takes it out again: programs that a cell starts must not inherit it.</summary>
    public static T During<T>(Func<T> open)
    {
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "1");
        try
        {
            // The first asynchronous call, whoever makes it: an accept that finds nobody.
            using Socket first = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            first.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            first.Listen();
            using SocketAsyncEventArgs none = new();
            first.AcceptAsync(none);
            return open();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }
}
