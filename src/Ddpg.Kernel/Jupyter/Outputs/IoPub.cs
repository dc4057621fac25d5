using System.Text.Json.Nodes;
using Ddpg.Kernel.Jupyter.Messaging;
using Ddpg.Kernel.Jupyter.Sockets;

namespace Ddpg.Kernel.Jupyter.Outputs;

/// <summary>
/// What all front ends see: statuses, outputs, errors. Written text is collected and sent in pieces, updates of one display are thinned out,
/// and both are sent before anything that comes after them. Used from any thread; never waits for a front end.
/// </summary>
internal sealed class IoPub : IDisposable
{
    /// <summary>Text waits at most this long, in ms.</summary>
    public const int FlushInterval = 100;

    /// <summary>Text is sent at once when this many characters wait.</summary>
    public const int FlushLength = 64 << 10;

    private const int UpdateInterval = 50;

    private readonly Publisher _socket;
    private readonly MessageCodec _codec;
    private readonly Lock _lock = new();
    private readonly PendingText _text = new();
    private readonly Dictionary<string, (long SentAt, JsonObject? Content, byte[] Parent)> _updates = [];
    private readonly ManualResetEventSlim _work = new();
    private readonly Thread _flusher;
    private volatile bool _disposed;

    public IoPub(Publisher socket, MessageCodec codec)
    {
        _socket = socket;
        _codec = codec;
        // A thread of its own: timers run on the pool, and a cell may keep that busy.
        _flusher = new Thread(FlushLoop) { IsBackground = true, Name = "iopub" };
        _flusher.Start();
    }

    /// <summary>The header of the request whose cell runs; null between cells.</summary>
    public byte[]? CurrentCell { get; set; }

    /// <summary>Publishes a message after everything that waits.</summary>
    public void Send(string type, byte[]? parent, JsonObject content)
    {
        lock (_lock)
        {
            FlushLocked();
            Publish(type, parent, content);
        }
    }

    /// <summary>Publishes busy, idle or starting.</summary>
    public void Status(string state, byte[]? parent) => Send("status", parent, new JsonObject { ["execution_state"] = state });

    /// <summary>Adds text to a stream of the request with that header.</summary>
    public void Write(byte[] parent, string stream, string text)
    {
        if (text.Length == 0) return;
        lock (_lock)
        {
            if (!_text.Continues(parent, stream)) FlushText();
            _text.Append(parent, stream, text);
            if (_text.Length >= FlushLength) FlushText();
            else _work.Set();
        }
    }

    /// <summary>Replaces a display, in the name of the cell that runs: front ends that follow one cell drop what belongs to another. Of many updates in a short time the last one is sent, never later than the next message of another kind.</summary>
    public void Update(byte[] parent, string displayId, JsonObject content)
    {
        lock (_lock)
        {
            parent = CurrentCell ?? parent;
            long now = Environment.TickCount64;
            bool known = _updates.TryGetValue(displayId, out var entry);
            if (known && now - entry.SentAt < UpdateInterval)
            {
                _updates[displayId] = entry with { Content = content, Parent = parent };
                _work.Set();
                return;
            }

            FlushText();
            _updates[displayId] = (now, null, parent);
            Publish("update_display_data", parent, content);
        }
    }

    /// <summary>Sends what waits.</summary>
    public void Flush()
    {
        lock (_lock) FlushLocked();
    }

    public void Dispose()
    {
        if (_disposed) return;
        Flush();
        _disposed = true;
        _work.Set();
        if (Thread.CurrentThread != _flusher) _flusher.Join();
    }

    private void FlushLocked()
    {
        FlushText();
        FlushUpdates(olderThan: long.MaxValue);
    }

    private void FlushText()
    {
        if (_text.Length == 0) return;
        Publish("stream", _text.Parent, new JsonObject { ["name"] = _text.Stream, ["text"] = _text.Take() });
    }

    private void FlushUpdates(long olderThan)
    {
        foreach ((string id, (long sentAt, JsonObject? content, byte[] parent)) in _updates.ToArray())
        {
            if (sentAt > olderThan) continue;
            if (content is null)
            {
                _updates.Remove(id);
                continue;
            }

            _updates[id] = (Environment.TickCount64, null, parent);
            Publish("update_display_data", parent, content);
        }
    }

    // Under the lock, so that messages leave in the order in which they were made.
    private void Publish(string type, byte[]? parent, JsonObject content) => _socket.Publish(_codec.Encode($"kernel.{_codec.Session}.{type}", type, parent, content));

    private void FlushLoop()
    {
        while (!_disposed)
        {
            _work.Wait();
            _work.Reset();
            Thread.Sleep(FlushInterval / 2);
            lock (_lock)
            {
                if (_text.Age >= FlushInterval / 2) FlushText();
                FlushUpdates(Environment.TickCount64 - UpdateInterval);
                if (_text.Length > 0 || _updates.Values.Any(update => update.Content is not null)) _work.Set();
            }
        }
    }
}
