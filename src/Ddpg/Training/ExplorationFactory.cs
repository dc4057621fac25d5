using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Exploration;
using Ddpg.Randomness;

namespace Ddpg.Training;

/// <summary>Makes the exploration noise that <see cref="Hyperparameters"/> describe.</summary>
internal static class ExplorationFactory
{
    public static IExploration Make(DdpgAgent agent, SeededRandom random)
    {
        (Hyperparameters hyperparameters, Box actionSpace) = (agent.Hyperparameters, agent.ActionSpace);
        NoiseDecay decay = hyperparameters.NoiseDecaySteps == 0 ? NoiseDecay.None : new NoiseDecay(hyperparameters.FinalNoiseFraction, hyperparameters.NoiseDecaySteps);
        return hyperparameters.Exploration switch
        {
            ExplorationKind.Normal => new NormalActionNoise(actionSpace, random, hyperparameters.NoiseStd, decay: decay),
            ExplorationKind.OrnsteinUhlenbeck => new OrnsteinUhlenbeckActionNoise(
                actionSpace, random, hyperparameters.OrnsteinUhlenbeckTheta, hyperparameters.NoiseStd, hyperparameters.OrnsteinUhlenbeckDt, decay: decay),
            ExplorationKind.AdaptiveParameter => new AdaptiveParameterNoise(
                agent, random, hyperparameters.ParameterNoiseTarget, hyperparameters.ParameterNoiseInitialStd),
            ExplorationKind.None => new NoExploration(),
            // Not silence: an agent that does not explore trains on and learns nothing.
            var kind => throw new InvalidOperationException($"There is no exploration of kind {kind}; known are {string.Join(", ", Enum.GetNames<ExplorationKind>())}."),
        };
    }
}
