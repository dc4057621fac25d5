namespace Ddpg.Tests.Training;

/// <summary>Tests that measure the process, its memory for one, run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
