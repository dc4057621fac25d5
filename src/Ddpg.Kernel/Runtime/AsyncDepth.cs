namespace Ddpg.Kernel.Runtime;

/// <summary>
/// How many asynchronous functions of cells wait for each other. Each hands on an exception by throwing it anew with a longer trace, which for the tens of thousands that
/// a stack holds takes minutes; and those that have waited once do not keep the stack, so that nothing else would end them.
/// </summary>
internal static class AsyncDepth
{
    private const int Deepest = 2000;

    // Set inside an asynchronous function it is as before once that returns.
    private static readonly AsyncLocal<int> Depth = new();

    internal static void Enter()
    {
        int depth = Depth.Value + 1;
        if (depth > Deepest)
        {
            throw new InsufficientExecutionStackException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{Deepest:N0} asynchronous functions of this cell have called each other and wait: a recursion without an end? Give it a case that returns without another call, or use a loop."));
        }

        Depth.Value = depth;
    }
}
