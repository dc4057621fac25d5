using System.Runtime.CompilerServices;

namespace Ddpg.Kernel.Runtime;

/// <summary>
/// Whether a thread's stack has room for another call. The runtime's own question takes as long as a small function; so it is asked once for each 64 KiB of depth,
/// and in between the address of a local variable is compared.
/// </summary>
internal static class StackRoom
{
    /// <summary>How far below a place where the runtime sees room there is some for sure: half of what it keeps free.</summary>
    private const nuint Step = 64 << 10;

    /// <summary>More than the functions of cells get to use of any stack. On a thread that was not asked yet <see cref="_floor"/> is 0, from which every stack is farther.</summary>
    private const nuint DeepestStack = 64 << 20;

    /// <summary>
    /// The whole stack of a cell's thread, of which its functions use <see cref="Depth"/>. The rest is for what they call, and for exceptions: one that is caught and thrown anew at each
    /// of ten thousand calls takes 8 KiB of stack for each of them, as the runtime gives a call's place back only when its handler has ended. Untouched it is no memory.
    /// </summary>
    internal const int CellStack = 256 << 20;

    /// <summary>What the functions of cells may use.</summary>
    private const nuint Depth = 14 << 20;

    /// <summary>What they may use where exceptions are caught and thrown anew.</summary>
    private const nuint RethrowingDepth = 512 << 10;

    [ThreadStatic]
    private static nuint _floor;

    [ThreadStatic]
    private static nuint _lowest;

    [ThreadStatic]
    private static nuint _lowestRethrowing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    internal static unsafe bool IsThere()
    {
        byte local;
        return (nuint)(&local) - _floor < DeepestStack || Ask((nuint)(&local));
    }

    /// <summary><see cref="IsThere"/> for functions that catch exceptions and throw them anew.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    internal static unsafe bool IsThereToRethrow()
    {
        byte local;
        return (nuint)(&local) >= _lowestRethrowing && IsThere();
    }

    /// <summary>Begins a thread that runs cells, with <see cref="CellStack"/> bytes of stack.</summary>
    [SkipLocalsInit]
    internal static unsafe void BeginCells()
    {
        byte local;
        (_lowest, _lowestRethrowing) = ((nuint)(&local) - Depth, (nuint)(&local) - RethrowingDepth);
    }

    internal static Exception TooDeep() => new InsufficientExecutionStackException(TooDeepMessage);

    internal const string TooDeepMessage =
        "The functions of this cell have called each other so deeply that the stack is nearly used up: a recursion without an end? Give it a case that returns without another call, or use a loop.";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Ask(nuint address)
    {
        if (address < _lowest || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return false;
        _floor = nuint.Max(address - Step, _lowest);
        return true;
    }
}
