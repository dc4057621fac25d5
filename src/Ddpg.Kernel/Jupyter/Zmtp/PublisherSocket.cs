using System.Net;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>PUB: sends each message to the subscribers whose prefix begins its first frame. Never waits for any of them.</summary>
internal sealed class PublisherSocket(ZmtpLoop loop, IPEndPoint endPoint, ZmtpLimits limits) : ZmtpSocket(loop, endPoint, limits)
{
    public override string TypeName => "PUB";

    public override bool Accepts(string peerType) => peerType is "SUB" or "XSUB";

    /// <summary>Sends to all subscribers, from any thread.</summary>
    public void Publish(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        byte[] encoded = FrameEncoder.Message(frames);
        ReadOnlyMemory<byte> topic = frames[0];
        Loop.Post(() =>
        {
            foreach (ZmtpPeer peer in Peers)
                if (peer.Established && peer.Subscriptions.Matches(topic.Span)) Deliver(peer, encoded);
        });
    }

    // ZMTP 3.0 subscribes by messages that begin with 1 or 0, ZMTP 3.1 by commands; peers of either kind exist.
    public override void OnMessage(ZmtpPeer peer, List<byte[]> frames)
    {
        if (frames.Count != 1 || frames[0].Length == 0) return;
        ReadOnlySpan<byte> prefix = frames[0].AsSpan(1);
        if (frames[0][0] == 1) peer.Subscriptions.Add(prefix, Limits.MaximumSubscriptions);
        else if (frames[0][0] == 0) peer.Subscriptions.Remove(prefix);
    }

    public override void OnCommand(ZmtpPeer peer, string name, ReadOnlySpan<byte> data)
    {
        if (name == "SUBSCRIBE") peer.Subscriptions.Add(data, Limits.MaximumSubscriptions);
        else if (name == "CANCEL") peer.Subscriptions.Remove(data);
    }
}
