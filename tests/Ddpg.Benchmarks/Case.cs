namespace Ddpg.Benchmarks;

/// <summary>One row of the table: sizes, and the floors (0: none) of the fused update, and of the autograd path against PyTorch on one thread.</summary>
internal sealed record Case(
    int Batch, int Observation, int Action, int[] Hidden, double ShareOne, double ShareTwo, double RatioOne, double RatioTwo, double AutogradRatio = 0)
{
    /// <summary>The rows that readers care about, with the share of a same-shape sgemm and the ratio to PyTorch that must be reached.</summary>
    public static IReadOnlyList<Case> All { get; } =
    [
        new(64, 3, 1, [256, 256], 0.65, 0.55, 3, 3),
        new(100, 3, 1, [256, 256], 0.70, 0.60, 2.5, 2.5),
        new(256, 3, 1, [256, 256], 0.75, 0.65, 1.6, 2),
        new(256, 17, 6, [256, 256], 0.75, 0.65, 1.6, 2),
        new(64, 2, 1, [64, 64], 0, 0, 5, 4, AutogradRatio: 1.5),
        new(256, 11, 3, [400, 300], 0.75, 0.65, 1.6, 2),
    ];

    public string Name => $"{Batch}, {Observation}/{Action}, {string.Join("-", Hidden)}";

    /// <summary>The products of one update as (m, n, k): forward m×n from k inputs, gradients of inputs and of weights.</summary>
    public IReadOnlyList<(int M, int N, int K)> Products()
    {
        var products = new List<(int, int, int)>();
        int[] actor = [Observation, .. Hidden, Action], critic = [Observation + Action, .. Hidden, 1];
        for (int layer = 0; layer + 1 < actor.Length; layer++)
        {
            (int actorIn, int actorOut, int criticIn, int criticOut) = (actor[layer], actor[layer + 1], critic[layer], critic[layer + 1]);
            // Target policy, policy; target critic, critic twice.
            products.AddRange([(Batch, actorOut, actorIn), (Batch, actorOut, actorIn)]);
            products.AddRange([(Batch, criticOut, criticIn), (Batch, criticOut, criticIn), (Batch, criticOut, criticIn)]);
            // Gradients of weights: policy, critic.
            products.AddRange([(actorOut, actorIn, Batch), (criticOut, criticIn, Batch)]);
            // Gradients of inputs: through the critic to the action, and inside each network above its first layer.
            products.Add((Batch, criticIn, criticOut));
            if (layer > 0) products.AddRange([(Batch, actorIn, actorOut), (Batch, criticIn, criticOut)]);
        }
        return products;
    }

    public double Flops => Products().Sum(p => 2.0 * p.M * p.N * p.K);
}
