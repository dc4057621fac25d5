using static Ddpg.Viewing.DdpgParts;
using static Ddpg.Viewing.Diagram.FlowKind;

namespace Ddpg.Viewing.Diagram;

/// <summary>
/// Where everything stands: acting on the left, then the policies, the Q-networks and the losses from column to column; the target networks in the upper row,
/// the critic's update in the middle, the policy's below.
/// </summary>
internal static class DiagramLayout
{
    public const double Width = 900, Height = 424, LegendY = 404;

    // Edges of the four columns and of the three rows.
    private const double Left1 = 20, Right1 = 150, Left2 = 244, Right2 = 378, Left3 = 484, Right3 = 632, Left4 = 732, Right4 = 880;
    private const double Top1 = 82, Low1 = 134, Top2 = 194, Low2 = 246, Top3 = 308, Low3 = 360;

    public static readonly DiagramBox[] Boxes =
    [
        new(Acting, Left1, Top3, Right1 - Left1, Low3 - Top3, "environment", "s, a → r, s′, d"),
        new(Acting | CriticLoss | PolicyGradient, Left1, Top2, Right1 - Left1, Low2 - Top2, "replay buffer", "(s, a, r, s′, d)"),
        new(Acting | PolicyGradient | TargetNetworks, Left2, Top3, Right2 - Left2, Low3 - Top3, "policy", "μ_θ(s)"),
        new(CriticLoss | TargetNetworks, Left2, Top1, Right2 - Left2, Low1 - Top1, "target policy", "μ_{θ′}(s′)"),
        new(CriticLoss | PolicyGradient | TargetNetworks, Left3, Top2, Right3 - Left3, Low3 - Top2, "Q-network", "Q_φ(s, a)"),
        new(CriticLoss | TargetNetworks, Left3, Top1, Right3 - Left3, Low1 - Top1, "target Q-network", "Q_{φ′}(s′, a′)"),
        new(CriticLoss | TargetNetworks, Left4, Top1, Right4 - Left4, Low1 - Top1, "target y", "r + γ(1 − d) Q_{φ′}"),
        new(CriticLoss | TargetNetworks, Left4, Top2, Right4 - Left4, Low2 - Top2, "critic loss", "mean (Q_φ − y)²"),
        new(PolicyGradient, Left4, Top3, Right4 - Left4, Low3 - Top3, "policy loss", "−mean Q_φ(s, μ_θ(s))"),
    ];

    public static readonly DiagramArrow[] Arrows =
    [
        // Acting.
        new(Acting, Data, [Right1, 324, Left2, 324], new(197, 318, "s")),
        new(Acting, Data, [Left2, 346, Right1, 346], new(197, 362, "a, with noise")),
        new(Acting, Data, [85, Top3, 85, Low2], new(93, 282, "every step", "start")),

        // The target.
        new(CriticLoss, Data, [110, Top2, 110, 108, Left2, 108], new(180, 102, "s′")),
        new(CriticLoss | TargetNetworks, Data, [Right2, 108, Left3, 108], new(431, 102, "s′, a′")),
        new(CriticLoss | TargetNetworks, Data, [Right3, 108, Left4, 108], new(682, 102, "Q_{φ′}")),
        new(CriticLoss, Data, [60, Top2, 60, 58, 806, 58, 806, Top1], new(431, 52, "r, d")),
        new(CriticLoss | TargetNetworks, Data, [788, Low1, 788, Top2], new(778, 168, "y", "end")),
        new(CriticLoss | TargetNetworks, Stop, [824, Top2, 824, 158], new(838, 168, "stops", "start")),

        // The critic's update.
        new(CriticLoss, Data, [Right1, 208, Left3, 208], new(258, 202, "s, a")),
        new(CriticLoss | TargetNetworks, Data, [Right3, 208, Left4, 208], new(682, 202, "Q_φ(s, a)")),
        new(CriticLoss | TargetNetworks, Gradient, [Left4, 232, Right3, 232], new(682, 248, "moves φ")),

        // The policy's update.
        new(PolicyGradient, Data, [Right1, 232, 282, 232, 282, Top3], new(274, 282, "s", "end")),
        new(PolicyGradient, Data, [Right2, 322, Left3, 322], new(431, 316, "s, μ_θ(s)")),
        new(PolicyGradient, Data, [Right3, 322, Left4, 322], new(682, 316, "Q_φ")),
        new(PolicyGradient, Gradient, [Left4, 346, Right2, 346], new(431, 362, "∇_aQ moves θ")),
        new(PolicyGradient, Stop, [558, 346, 558, 318], new(572, 324, "φ stays", "start")),

        // The soft updates.
        new(TargetNetworks, SoftUpdate, [340, Top3, 340, Low1], new(348, 168, "share τ of θ", "start")),
        new(TargetNetworks, SoftUpdate, [558, Top2, 558, Low1], new(566, 168, "share τ of φ", "start")),
    ];

    public static readonly (double X, FlowKind Kind, string Text)[] Legend =
        [(20, Data, "data"), (134, Gradient, "gradient"), (270, Stop, "gradient stops"), (440, SoftUpdate, "soft update")];
}
