using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Ddpg.Kernel.Jupyter.Messaging;
using Ddpg.Kernel.Jupyter.Sockets;

namespace Ddpg.Kernel.Jupyter.Requests;

/// <summary>Asks the front end that runs a cell for a line, and waits for it.</summary>
internal sealed class StdinChannel(Func<ReplySocket> socket, MessageCodec codec)
{
    private const string Unavailable = "The cell asks for input, but this front end has nobody to ask (it runs the notebook with allow_stdin = false). Give the value in the code instead.";

    private readonly BlockingCollection<(byte[] Identity, string? Value)> _replies = [];
    private readonly Lock _lock = new();

    /// <summary>Takes a message that arrived on the stdin socket; called by the I/O thread.</summary>
    public void Receive(JupyterMessage message)
    {
        if (message.Type == "input_reply") _replies.Add((message.Sender, message.Text("value")));
    }

    /// <summary>Sends the prompt and blocks until the answer is there.</summary>
    /// <exception cref="InvalidOperationException">The front end does not offer input.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string Request(JupyterMessage execute, string prompt, bool isPassword, CancellationToken cancellation)
    {
        if (!execute.Flag("allow_stdin", true)) throw new InvalidOperationException(Unavailable);
        lock (_lock)
        {
            // An answer to a question that was interrupted must not answer this one.
            while (_replies.TryTake(out _))
            {
            }

            JsonObject content = new() { ["prompt"] = prompt, ["password"] = isPassword };
            socket().Send(execute.Sender, codec.Encode(null, "input_request", execute.Header, content), undeliverable: () => _replies.Add((execute.Sender, null)));
            while (true)
            {
                (byte[] identity, string? value) = _replies.Take(cancellation);
                if (identity.AsSpan().SequenceEqual(execute.Sender)) return value ?? throw new InvalidOperationException(Unavailable);
            }
        }
    }
}
