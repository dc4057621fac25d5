namespace Ddpg.Experiments;

/// <summary>What a run cost and what made it. Not the same twice, so it is kept apart from the results.</summary>
/// <param name="Seconds">Wall-clock time of the training, evaluations included, repeated steps of a stopped run not.</param>
/// <param name="StepsPerSecond">Environment steps by it.</param>
/// <param name="Ended">When, UTC.</param>
/// <param name="Commit">The source's commit; <c>unknown</c> outside of a clone, <c>-changed</c> behind it where files were changed.</param>
/// <param name="Kit">Version of the kit.</param>
/// <param name="Runtime">For example <c>.NET 10.0.1</c>.</param>
/// <param name="Tensors">The library behind <c>torch</c> with its version: <c>TorchSharp 0.107.0</c>.</param>
/// <param name="Machine">Operating system, processor and how many.</param>
public sealed record RunCost(double Seconds, double StepsPerSecond, DateTime Ended, string Commit, string Kit, string Runtime, string Tensors, string Machine);
