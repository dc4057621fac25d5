namespace Ddpg.Acceleration;

/// <summary>One linear layer, with its layer normalisation where there is one: how wide it is, and where its weights begin in the network's flat array.</summary>
/// <param name="Inputs">Numbers in.</param>
/// <param name="Outputs">Numbers out.</param>
/// <param name="Weight">Where W (outputs, inputs) begins.</param>
/// <param name="Bias">Where b (outputs) begins.</param>
/// <param name="NormWeight">Where the normalisation's weight begins; −1 where there is none.</param>
/// <param name="NormBias">Where its bias begins.</param>
internal readonly record struct LayerPlan(int Inputs, int Outputs, long Weight, long Bias, long NormWeight, long NormBias)
{
    internal bool HasNorm => NormWeight >= 0;
}
