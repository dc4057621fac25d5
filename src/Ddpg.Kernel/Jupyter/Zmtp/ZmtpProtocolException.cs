namespace Ddpg.Kernel.Jupyter.Zmtp;

/// <summary>A peer broke the protocol or a limit. Ends that peer's connection and nothing else.</summary>
internal sealed class ZmtpProtocolException(string message) : Exception(message);
