namespace Ddpg.Networks;

/// <summary>How a network's weights start. Inputs of a layer: <c>fan_in</c>; its outputs: <c>fan_out</c>.</summary>
public enum WeightInitialization
{
    /// <summary>Glorot and Bengio (2010): U(±√(6 / (fan_in + fan_out))). The post's default.</summary>
    Xavier,

    /// <summary>U(±1/√fan_in) in every layer: PyTorch's own rule for <c>Linear</c>. The post's other choice (its helper does not say which bounds; these are ours).</summary>
    Uniform,

    /// <summary>Lillicrap et al. (2016), §7: U(±1/√fan_in) in the hidden layers and U(±3e-3) in the last one, so that the first actions and values are near zero.</summary>
    Paper,
}
