using System.Globalization;

namespace Ddpg.Training;

/// <summary>A loss, weight or action became NaN or infinite; the run stops at once, because every weight after it would be worthless.</summary>
public sealed class TrainingDivergedException(long step, string quantity, double value) : Exception(string.Create(
    CultureInfo.InvariantCulture, $"Training diverged at step {step}: the {quantity} is {value}. Lower the learning rates, or bring observations (ObservationNormalization) and rewards (RewardScale) to a usual size."))
{
    /// <summary>Environment steps made.</summary>
    public long Step { get; } = step;

    /// <summary>What is no longer finite.</summary>
    public string Quantity { get; } = quantity;
}
