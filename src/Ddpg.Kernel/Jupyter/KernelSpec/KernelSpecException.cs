namespace Ddpg.Kernel.Jupyter.KernelSpec;

/// <summary>A kernelspec that could not be installed or removed; the message says why and what to do.</summary>
internal sealed class KernelSpecException(string message) : Exception(message);
