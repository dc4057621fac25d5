namespace Ddpg.Networks;

/// <summary>How a network's biases start.</summary>
public enum BiasInitialization
{
    /// <summary>All zero. The post's default.</summary>
    Zeros,

    /// <summary>U(±1/√fan_in); with <see cref="WeightInitialization.Paper"/> U(±3e-3) in the last layer.</summary>
    Uniform,
}
