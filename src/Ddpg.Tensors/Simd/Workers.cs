namespace TorchSharp;

/// <summary>The threads that share a product's parts. A part is taken by counting, so a thread that is not running takes none.</summary>
internal static class Workers
{
    private static int _count = Math.Max(1, Environment.ProcessorCount);

    internal static int Count
    {
        get => _count;
        set => _count = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is at least one thread.");
    }

    internal static void Run(Gemm.Job job)
    {
        for (int i = 0; i < job.Parts; i++) job.Execute(i);
    }
}
