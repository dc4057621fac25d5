using TorchSharp;

namespace Ddpg.Networks;

/// <summary>
/// Scalars that live as long as the process. TorchSharp hands a <see cref="Scalar"/>'s native half to libtorch without keeping the object alive: the temporary one in <c>x * 0.5</c>, and the 1 that
/// <c>a + b</c> makes by itself, may be freed by a garbage collection on another thread while libtorch reads it. So the library adds with <c>add(b, Scalars.One)</c>, and disposes scalars of its own at
/// the end of the method, until when they are alive.
/// </summary>
internal static class Scalars
{
    public static readonly Scalar One = 1;
}
