namespace Ddpg.Environments;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Allowed, but probably not meant.</summary>
    Warning,

    /// <summary>Breaks the contract: training on this environment would go wrong.</summary>
    Error,
}
