using System.Net;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>ROUTER: receives from any number of peers and answers each by its identity.</summary>
/// <param name="loop">The thread that serves the socket.</param>
/// <param name="endPoint">Where to listen.</param>
/// <param name="limits">What a peer may ask.</param>
/// <param name="received">Called on the I/O thread with the sender's identity and the frames; must not block.</param>
internal sealed class RouterSocket(ZmtpLoop loop, IPEndPoint endPoint, ZmtpLimits limits, Action<byte[], List<byte[]>> received) : ZmtpSocket(loop, endPoint, limits)
{
    private readonly Dictionary<string, ZmtpPeer> _byIdentity = [];
    private uint _nextIdentity;

    public override string TypeName => "ROUTER";

    public override bool Accepts(string peerType) => peerType is "DEALER" or "REQ" or "ROUTER";

    public override void OnEstablished(ZmtpPeer peer)
    {
        // Names that begin with zero are the router's own to give.
        if (peer.Identity.Length == 0) peer.Identity = [0, .. BitConverter.GetBytes(++_nextIdentity)];
        else if (peer.Identity[0] == 0) throw new ZmtpProtocolException("an identity that begins with zero");

        // A front end that reconnects keeps its name while its old connection may still look alive: the newest one wins.
        string key = Key(peer.Identity);
        if (_byIdentity.TryGetValue(key, out ZmtpPeer? previous)) Loop.Close(this, previous);
        _byIdentity[key] = peer;
    }

    public override void OnClosed(ZmtpPeer peer)
    {
        string key = Key(peer.Identity);
        if (_byIdentity.TryGetValue(key, out ZmtpPeer? current) && current == peer) _byIdentity.Remove(key);
    }

    public override void OnMessage(ZmtpPeer peer, List<byte[]> frames) => received(peer.Identity, frames);

    /// <summary>Sends to one peer, from any thread. A peer that is gone or too far behind misses the message.</summary>
    /// <param name="identity">The peer.</param>
    /// <param name="frames">The message.</param>
    /// <param name="undeliverable">Called on the I/O thread when no peer of that identity is connected.</param>
    public void Send(byte[] identity, IReadOnlyList<ReadOnlyMemory<byte>> frames, Action? undeliverable = null)
    {
        byte[] encoded = FrameEncoder.Message(frames);
        Loop.Post(() =>
        {
            if (_byIdentity.TryGetValue(Key(identity), out ZmtpPeer? peer))
            {
                Deliver(peer, encoded);
                return;
            }

            Statistics.Dropped();
            undeliverable?.Invoke();
        });
    }

    private static string Key(byte[] identity) => Convert.ToHexString(identity);
}
