using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Execution;
using Ddpg.Kernel.Jupyter.Messaging;
using Ddpg.Kernel.Jupyter.Outputs;
using Ddpg.Kernel.Jupyter.Requests;
using Ddpg.Kernel.Jupyter.Sockets;

namespace Ddpg.Kernel.Jupyter;

/// <summary>
/// A running kernel: five sockets on one thread, one thread for the shell's requests in their order, one for control. Heartbeat, control
/// and stdin are served while a cell runs.
/// </summary>
internal sealed class KernelServer : IDisposable
{
    private static readonly TimeSpan BindPatience = TimeSpan.FromSeconds(5);

    private readonly ConnectionInfo _connection;
    private readonly TextWriter _log;
    private readonly SocketLoop _loop;
    private readonly MessageCodec _codec;
    private readonly ReplySocket _shell, _control, _stdin;
    private readonly IoPub _ioPub;
    private readonly ExecuteHandler _execute;
    private readonly ShellRequests _requests;
    private readonly BlockingCollection<JupyterMessage> _shellQueue = [], _controlQueue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Binds the sockets; nothing is served before <see cref="Start"/>.</summary>
    /// <param name="connection">Where to listen, and the key.</param>
    /// <param name="session">Runs the cells.</param>
    /// <param name="log">For the kernel's own faults; not Console.Error, which the session gives to the cells.</param>
    /// <param name="limits">What one peer may ask; null for the usual.</param>
    /// <exception cref="ConnectionFileException">A port is taken or the address is not of this machine.</exception>
    public KernelServer(ConnectionInfo connection, CellSession session, TextWriter log, SocketLimits? limits = null)
    {
        limits ??= new SocketLimits();
        _connection = connection;
        _log = log;
        _loop = new SocketLoop(log);
        _codec = new MessageCodec(new MessageSigner(connection.Key));
        _shell = Bind(connection.ShellPort, endPoint => new ReplySocket(_loop, endPoint, limits, Receiver(_shellQueue.Add)));
        _control = Bind(connection.ControlPort, endPoint => new ReplySocket(_loop, endPoint, limits, Receiver(_controlQueue.Add)));
        StdinChannel stdin = new(() => _stdin!, _codec);
        _stdin = Bind(connection.StdinPort, endPoint => new ReplySocket(_loop, endPoint, limits, Receiver(stdin.Receive)));
        _ioPub = new IoPub(Bind(connection.IoPubPort, endPoint => new Publisher(_loop, endPoint, limits)), _codec);
        Bind(connection.HeartbeatPort, endPoint => ReplySocket.Echo(_loop, endPoint, limits));
        var editor = new EditorRequests(session);
        _execute = new ExecuteHandler(session, editor, _ioPub, stdin, _codec, log);
        _requests = new ShellRequests(editor, connection, _ioPub, _execute);
    }

    /// <summary>Completes when a front end has asked for shutdown and has been answered.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Messages dropped because of a wrong signature or form.</summary>
    public long RejectedMessages => _codec.Rejected;

    public void Start()
    {
        _loop.Start();
        // Large stacks: the shell's thread may run a cell, and a cell may recurse.
        new Thread(() => Serve(_shellQueue, _shell, HandleShell), 16 << 20) { IsBackground = true, Name = "shell" }.Start();
        new Thread(() => Serve(_controlQueue, _control, HandleControl)) { IsBackground = true, Name = "control" }.Start();
        _ioPub.Status("starting", parent: null);
    }

    /// <summary>Stops the running cell, if any.</summary>
    public void Interrupt() => _execute.Interrupt(insists: true);

    /// <summary>Says in the running cell, while the process ends, why it does: the front end itself knows only that the kernel is gone.</summary>
    public void AnnounceEnd()
    {
        TimeSpan untilSent = TimeSpan.FromMilliseconds(500);
        ConsoleRouter.LastCell?.WriteStandardError(ExitWatch.Message + " The kernel's variables are lost.\n");
        _ioPub.Flush();
        Thread.Sleep(untilSent);
    }

    /// <summary>What was refused since the start, or null when nothing was: for the log.</summary>
    public string? RefusalSummary() =>
        RejectedMessages == 0 ? null : $"refused since the start: {RejectedMessages} messages (unsigned, wrongly signed or malformed)";

    public void Dispose()
    {
        _execute.Interrupt(insists: false);
        _ioPub.Dispose();
        _loop.Dispose();
    }

    private void HandleShell(JupyterMessage message)
    {
        if (message.Type == "execute_request") Reply(_shell, message, "execute_reply", _execute.Handle(message));
        else if (message.Type == "shutdown_request") Shutdown(_shell, message);
        else Answer(_shell, message);
    }

    private void HandleControl(JupyterMessage message)
    {
        switch (message.Type)
        {
            case "interrupt_request":
                Interrupt();
                Reply(_control, message, "interrupt_reply", new JsonObject { ["status"] = "ok" });
                break;
            case "shutdown_request":
                Shutdown(_control, message);
                break;
            case "execute_request" or "complete_request" or "inspect_request" or "is_complete_request" or "history_request":
                Reply(_control, message, ShellRequests.ReplyType(message.Type), ShellRequests.Error("NotSupported", $"{message.Type} is served on the shell channel."));
                break;
            default:
                Answer(_control, message);
                break;
        }
    }

    private void Answer(ReplySocket socket, JupyterMessage message)
    {
        if (_requests.Handle(message) is { } content) Reply(socket, message, ShellRequests.ReplyType(message.Type), content);
    }

    private void Shutdown(ReplySocket socket, JupyterMessage message)
    {
        JsonObject content = new() { ["status"] = "ok", ["restart"] = message.Flag("restart", false) };
        _execute.Interrupt(insists: false);
        Reply(socket, message, "shutdown_reply", content);
        _ioPub.Send("shutdown_reply", message.Header, (JsonObject)content.DeepClone());
        _ended.TrySetResult();
    }

    private void Serve(BlockingCollection<JupyterMessage> queue, ReplySocket socket, Action<JupyterMessage> handle)
    {
        foreach (JupyterMessage message in queue.GetConsumingEnumerable())
        {
            _ioPub.Status("busy", message.Header);
            try
            {
                handle(message);
            }
            catch (Exception exception)
            {
                // A fault of the kernel's own must not end the reader's session: the request is answered with it.
                _log.WriteLine($"ddpg-kernel: {message.Type} failed: {exception}");
                Reply(socket, message, ShellRequests.ReplyType(message.Type), ShellRequests.Error(exception.GetType().Name, exception.Message));
            }

            _ioPub.Status("idle", message.Header);
        }
    }

    private void Reply(ReplySocket socket, JupyterMessage message, string type, JsonObject content) =>
        socket.Send(message.Sender, _codec.Encode(null, type, message.Header, content));

    private Action<byte[], List<byte[]>> Receiver(Action<JupyterMessage> next) => (sender, frames) =>
    {
        if (_codec.TryDecode(sender, frames, out JupyterMessage? message)) next(message!);
    };

    private TSocket Bind<TSocket>(int port, Func<IPEndPoint, TSocket> open)
    {
        IPEndPoint endPoint = new(_connection.Address, port);
        long deadline = Environment.TickCount64 + (long)BindPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return open(endPoint);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && Environment.TickCount64 < deadline)
            {
                // On restart the front end may start the new kernel before the old one's ports are free.
                Thread.Sleep(50);
            }
            catch (SocketException exception)
            {
                throw new ConnectionFileException($"Cannot listen on {endPoint}: {exception.Message}. Another program may use the port; restart the kernel from the front end, which picks new ones.");
            }
        }
    }
}
