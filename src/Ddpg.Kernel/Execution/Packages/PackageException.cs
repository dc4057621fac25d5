namespace Ddpg.Kernel.Execution.Packages;

/// <summary>A package cannot be had, or not beside what is loaded; the message says what was asked, what is in the way, and what to do.</summary>
internal sealed class PackageException(string message) : Exception(message);
