using System.Collections;
using System.Reflection;
using AsyncIO;
using NetMQ;
using NetMQ.Sockets;

namespace Ddpg.Kernel.Jupyter.Sockets;

/// <summary>What the kernel mends in NetMQ 4.0.4.5 by its private members, all of it here. SocketTests holds each mend.</summary>
internal static class NetMqInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly Lock Installing = new();
    private static object? _guarded;
    private static long _names;

    /// <summary>
    /// Runs NetMQ's I/O loop on a thread of ours that catches. NetMQ's own does not: a peer that is no front end and has no key (a READY without an
    /// identity, a property of negative length, an empty command) throws there, and the kernel would end, or be deaf for ever.
    /// </summary>
    /// <param name="log">Told of each such packet.</param>
    public static void GuardIoThreads(TextWriter log)
    {
        lock (Installing)
        {
            // The context makes its threads with its first socket.
            using RouterSocket first = new();
            object context = Get(typeof(NetMQConfig), null, "Context")!;
            if (ReferenceEquals(context, _guarded)) return;
            foreach (object ioThread in (IEnumerable)Get(context, "m_ioThreads")) TakeOver(Get(ioThread, "m_proactor"), Get(ioThread, "m_mailbox"), log);
            _guarded = context;
        }
    }

    /// <summary>
    /// Serves connections that a router ignores because another one has their name: a front end that reconnects while its old connection still looks alive,
    /// two windows of one session. The newest gets the name, the older ones names of their own, and all are answered. On the thread that owns the socket.
    /// </summary>
    public static void ServeNamesakes(RouterSocket socket)
    {
        object router = Get(socket, "SocketHandle");
        IEnumerable unnamed = (IEnumerable)Get(router, "m_anonymousPipes");
        // A connection whose first message, its name, was read, and that is still without one, was ignored.
        object[] ignored = [.. unnamed.Cast<object>().Where(pipe => (long)Get(pipe, "m_numberOfMessagesRead") > 0)];
        if (ignored.Length == 0) return;
        IDictionary peers = (IDictionary)Get(router, "m_outpipes");
        Type peerType = peers.GetType().GetGenericArguments()[1];
        foreach (object pipe in ignored)
        {
            byte[] own = [0, .. "again"u8, .. BitConverter.GetBytes(++_names)];
            byte[]? wanted = WantedName(pipe);
            if (wanted is not null && peers[wanted] is { } older)
            {
                Set(Get(older, "Pipe"), "Identity", own);
                peers.Remove(wanted);
                peers.Add(own, older);
            }

            byte[] name = wanted ?? own;
            Set(pipe, "Identity", name);
            peers.Add(name, Activator.CreateInstance(peerType, Any, null, [pipe, true], null));
            unnamed.GetType().GetMethod("Remove")!.Invoke(unnamed, [pipe]);
            object turns = Get(router, "m_fairQueueing");
            turns.GetType().GetMethod("Attach", Any)!.Invoke(turns, [pipe]);
        }
    }

    /// <summary>
    /// Sets each subscriber's mark for the next message. NetMQ's marks count messages only, and a picture is a thousand times a line of text: a mark of
    /// what waits already means that the next message is dropped for that one. On the thread that owns the socket.
    /// </summary>
    /// <param name="socket">The publisher; it needs a low-water mark of 1.</param>
    /// <param name="markOf">The mark, in messages, of a subscriber for whom so many wait.</param>
    public static void SetMarks(PublisherSocket socket, Func<long, int> markOf)
    {
        foreach (object pipe in (IEnumerable)Get(Get(Get(socket, "SocketHandle"), "m_distribution"), "m_pipes"))
            Set(pipe, "m_highWatermark", markOf((long)Get(pipe, "m_numberOfMessagesWritten") - (long)Get(pipe, "m_peersMsgsRead")));
    }

    // What the other end of the pipe was told in the handshake; null for peers of ZMTP 1 and 2.
    private static byte[]? WantedName(object pipe)
    {
        object session = Get(Get(pipe, "m_peer"), "m_sink");
        object? mechanism = Get(session.GetType(), session, "m_engine") is { } engine ? Get(engine.GetType(), engine, "m_mechanism") : null;
        return mechanism is null ? null : (byte[]?)Get(mechanism.GetType(), mechanism, "PeerIdentity");
    }

    private static void TakeOver(object proactor, object mailbox, TextWriter log)
    {
        FieldInfo stopping = Field(proactor.GetType(), "m_stopping")!;
        MethodInfo signal = proactor.GetType().GetMethod("SignalMailbox", Any)!;
        Action loop = proactor.GetType().GetMethod("Loop", Any)!.CreateDelegate<Action>(proactor);
        stopping.SetValue(proactor, true);
        signal.Invoke(proactor, [mailbox]);
        ((Thread)Get(proactor, "m_worker")).Join();
        stopping.SetValue(proactor, false);
        Set(proactor, "m_completionPort", new OneAtATime((CompletionPort)Get(proactor, "m_completionPort")));
        Thread own = new(() =>
        {
            while (!(bool)stopping.GetValue(proactor)!)
            {
                try
                {
                    loop();
                }
                catch (Exception exception)
                {
                    log.WriteLine($"ddpg-kernel: a packet that is not of the protocol was dropped ({exception.GetType().Name}: {exception.Message})");
                }
            }
        })
        { IsBackground = true, Name = "NetMQ" };
        Set(proactor, "m_worker", own);
        own.Start();
    }

    private static object Get(object owner, string member) => Get(owner.GetType(), owner, member) ?? throw new MissingMemberException(owner.GetType().FullName, member);

    private static object? Get(Type type, object? owner, string member) => Field(type, member) is { } field ? field.GetValue(owner) : type.GetProperty(member, Any)?.GetValue(owner);

    private static void Set(object owner, string member, object value)
    {
        if (Field(owner.GetType(), member) is { } field) field.SetValue(owner, value);
        else owner.GetType().GetProperty(member, Any)!.SetValue(owner, value);
    }

    // A private field of a base class is not found through the class itself.
    private static FieldInfo? Field(Type? type, string name) => type is null ? null : type.GetField(name, Any) ?? Field(type.BaseType, name);

    // The loop takes a hundred events at once; what comes after one that throws would be lost, and with it the connection of another peer.
    private sealed class OneAtATime(CompletionPort inner) : CompletionPort
    {
        public override void AssociateSocket(AsyncSocket socket, object state) => inner.AssociateSocket(socket, state);

        public override void Dispose() => inner.Dispose();

        public override bool GetMultipleQueuedCompletionStatus(int timeout, CompletionStatus[] completionStatuses, out int removed)
        {
            bool found = inner.GetQueuedCompletionStatus(timeout, out completionStatuses[0]);
            removed = found ? 1 : 0;
            return found;
        }

        public override bool GetQueuedCompletionStatus(int timeout, out CompletionStatus completionStatus) => inner.GetQueuedCompletionStatus(timeout, out completionStatus);

        public override void Signal(object state) => inner.Signal(state);
    }
}
