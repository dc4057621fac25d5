namespace Ddpg.Kernel.Jupyter.Messaging;

/// <summary>A connection file that cannot be served; the message says why and what to do.</summary>
internal sealed class ConnectionFileException(string message) : Exception(message);
