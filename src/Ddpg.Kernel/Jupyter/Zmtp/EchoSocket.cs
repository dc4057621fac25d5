using System.Net;

namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>REP that answers every request with the request itself: Jupyter's heartbeat. Runs wholly on the I/O thread, so it beats while any cell runs.</summary>
internal sealed class EchoSocket(ZmtpLoop loop, IPEndPoint endPoint, ZmtpLimits limits) : ZmtpSocket(loop, endPoint, limits)
{
    public override string TypeName => "REP";

    public override bool Accepts(string peerType) => peerType is "REQ" or "DEALER";

    // The envelope (up to the empty frame) goes back unchanged, and so does the body: the whole message.
    public override void OnMessage(ZmtpPeer peer, List<byte[]> frames) =>
        Deliver(peer, FrameEncoder.Message(frames.ConvertAll(frame => (ReadOnlyMemory<byte>)frame)));
}
