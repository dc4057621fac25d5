namespace TorchSharp;

/// <summary>Memory for tests, between pages that nobody may touch.</summary>
internal interface IGuardedMemory
{
    nint Allocate(long bytes);

    void Free(nint data);
}
