namespace TorchSharp;

public class DisposeScopeManager
{
    [ThreadStatic] private static ThreadDisposeScopeStatistics? _statistics;

    /// <summary>This thread's counts of tensors created and disposed of, inside and outside scopes.</summary>
    public static ThreadDisposeScopeStatistics Statistics => _statistics ??= new();

    internal static LifetimeStatistics Tensors => Statistics.TensorStatistics;
}
