using System.Net;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>ROUTER: receives from any number of peers and answers the one that asked.</summary>
/// <param name="loop">The thread that serves the socket.</param>
/// <param name="endPoint">Where to listen.</param>
/// <param name="limits">What a peer may ask.</param>
/// <param name="received">Called on the I/O thread with the sender and the frames; must not block.</param>
internal sealed class RouterSocket(ZmtpLoop loop, IPEndPoint endPoint, ZmtpLimits limits, Action<ZmtpPeer, List<byte[]>> received) : ZmtpSocket(loop, endPoint, limits)
{
    private uint _nextIdentity;

    public override string TypeName => "ROUTER";

    public override bool Accepts(string peerType) => peerType is "DEALER" or "REQ" or "ROUTER";

    public override void OnEstablished(ZmtpPeer peer)
    {
        // Names that begin with zero are the router's own to give.
        if (peer.Identity.Length == 0) peer.Identity = [0, .. BitConverter.GetBytes(++_nextIdentity)];
        else if (peer.Identity[0] == 0) throw new ZmtpProtocolException("an identity that begins with zero");
    }

    public override void OnMessage(ZmtpPeer peer, List<byte[]> frames) => received(peer, frames);

    /// <summary>Answers a peer, from any thread; if it has reconnected since, under the name it has kept. One that is gone or too far behind misses the message.</summary>
    public void Send(ZmtpPeer peer, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        byte[] encoded = FrameEncoder.Message(frames);
        Loop.Post(() => DeliverTo(Peers.Contains(peer) ? peer : Find(peer.Identity), encoded, undeliverable: null));
    }

    /// <summary>Sends to the peer of that identity, from any thread.</summary>
    /// <param name="identity">The peer's name for itself.</param>
    /// <param name="frames">The message.</param>
    /// <param name="undeliverable">Called on the I/O thread when no peer of that name is connected.</param>
    public void Send(byte[] identity, IReadOnlyList<ReadOnlyMemory<byte>> frames, Action? undeliverable = null)
    {
        byte[] encoded = FrameEncoder.Message(frames);
        Loop.Post(() => DeliverTo(Find(identity), encoded, undeliverable));
    }

    // Several connections may use one name: a front end that reconnects while its old connection still looks alive, two windows of one
    // session. None is closed for that; what goes to a name goes to its newest connection.
    private ZmtpPeer? Find(byte[] identity) => Peers.LastOrDefault(peer => peer.Established && peer.Identity.AsSpan().SequenceEqual(identity));

    private void DeliverTo(ZmtpPeer? peer, byte[] encoded, Action? undeliverable)
    {
        if (peer is not null)
        {
            Deliver(peer, encoded);
            return;
        }

        Statistics.Dropped();
        undeliverable?.Invoke();
    }
}
