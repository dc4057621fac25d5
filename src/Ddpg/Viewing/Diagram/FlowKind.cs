namespace Ddpg.Viewing.Diagram;

/// <summary>What flows along an arrow.</summary>
internal enum FlowKind
{
    /// <summary>Numbers, forwards.</summary>
    Data,

    /// <summary>A gradient, backwards.</summary>
    Gradient,

    /// <summary>Weights, a share τ of them.</summary>
    SoftUpdate,

    /// <summary>A gradient that ends here, before it moves anything.</summary>
    Stop,
}
