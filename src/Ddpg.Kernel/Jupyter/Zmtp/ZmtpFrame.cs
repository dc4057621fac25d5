namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>One frame as it came over the wire (ZMTP 3.0, section "Framing").</summary>
/// <param name="Body">The bytes after the length.</param>
/// <param name="More">Whether the message goes on with another frame.</param>
/// <param name="IsCommand">Whether the frame is for the protocol itself.</param>
internal readonly record struct ZmtpFrame(byte[] Body, bool More, bool IsCommand);
