using Ddpg.Viewing.Diagram;

namespace Ddpg.Viewing;

/// <summary>
/// The flow of data and gradients in DDPG, drawn as SVG: who gives what to whom, whose weights a loss moves, and where a gradient stops.
/// Some parts can be lit; the others are then pale.
/// </summary>
[TypeFormatterSource(typeof(PictureFormatterSource), PreferredMimeTypes = ["image/svg+xml", "text/plain"])]
public sealed class DdpgDiagram : IPicture
{
    private DdpgDiagram(DdpgParts lit) => Lit = lit;

    /// <summary>The parts that are lit.</summary>
    public DdpgParts Lit { get; }

    /// <summary>What is written above the diagram.</summary>
    public string Title => Lit == DdpgParts.Everything ? "DDPG: data and gradients" : "DDPG: " + string.Join(", ", Names(Lit));

    /// <summary>The diagram.</summary>
    /// <param name="lit">What to light.</param>
    /// <exception cref="ArgumentOutOfRangeException">No part is named, or one that does not exist.</exception>
    public static DdpgDiagram Of(DdpgParts lit = DdpgParts.Everything)
    {
        if (lit == DdpgParts.None || (lit & ~DdpgParts.Everything) != 0)
            throw new ArgumentOutOfRangeException(nameof(lit), lit, $"lit is {lit}; name at least one of {string.Join(", ", Enum.GetNames<DdpgParts>().Skip(1))}, and combine them with |.");
        return new DdpgDiagram(lit);
    }

    /// <summary>The diagram as SVG: with title and description for screen readers, in light and dark colours, whichever the reader prefers.</summary>
    public string ToSvg() => DiagramSvg.Render(Title, Description, Lit);

    /// <summary>The title.</summary>
    public override string ToString() => Title;

    private string Description
    {
        get
        {
            string lit = Lit == DdpgParts.Everything ? "" : $" Lit here: {string.Join(", ", Names(Lit))}.";
            return "The environment gives observations to the policy, the policy's action with noise goes back, and each transition goes into the replay buffer. "
                + "A minibatch from it goes to the target networks, which make the target y; to the Q-network, whose values the critic loss compares with y; "
                + "and to the policy, whose actions the Q-network judges for the policy loss. "
                + "The critic loss's gradient moves the Q-network and stops at y. The policy loss's gradient passes through the Q-network, which stays as it is, and moves the policy. "
                + "Soft updates let the target networks follow." + lit;
        }
    }

    private static IEnumerable<string> Names(DdpgParts parts) =>
        new[] { (DdpgParts.Acting, "acting"), (DdpgParts.CriticLoss, "the critic loss"), (DdpgParts.PolicyGradient, "the policy gradient"), (DdpgParts.TargetNetworks, "the target networks") }
            .Where(part => parts.HasFlag(part.Item1)).Select(part => part.Item2);
}
