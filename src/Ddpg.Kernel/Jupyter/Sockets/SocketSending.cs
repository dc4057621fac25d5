using System.Runtime.InteropServices;
using NetMQ;

namespace Ddpg.Kernel.Jupyter.Sockets;

internal static class SocketSending
{
    /// <summary>Sends a message of several frames without waiting and without copying them. False when the peer's mark is reached: nothing was sent.</summary>
    public static bool TrySend(this NetMQSocket socket, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            byte[] bytes = MemoryMarshal.TryGetArray(frames[i], out ArraySegment<byte> part) && part.Offset == 0 && part.Array is { } array ? array : frames[i].ToArray();
            Msg message = default;
            message.InitGC(bytes, frames[i].Length);
            bool sent = socket.TrySend(ref message, TimeSpan.Zero, more: i < frames.Count - 1);
            message.Close();
            if (!sent) return false;
        }

        return true;
    }
}
