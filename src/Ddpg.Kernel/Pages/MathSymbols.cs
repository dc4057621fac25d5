using System.Collections.Frozen;

namespace Ddpg.Kernel.Pages;

/// <summary>LaTeX commands that stand for one character, by what MathML makes of it.</summary>
internal static class MathSymbols
{
    /// <summary>Greek letters and other identifiers.</summary>
    internal static readonly FrozenDictionary<string, string> Identifiers = Table(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ "
        + "sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω "
        + "infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ emptyset ∅ varnothing ∅ aleph ℵ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ top ⊤ bot ⊥ degree °");

    /// <summary>Relations, arrows and binary operators.</summary>
    internal static readonly FrozenDictionary<string, string> Operators = Table(
        "leftarrow ← gets ← rightarrow → to → leftrightarrow ↔ Leftarrow ⇐ Rightarrow ⇒ implies ⟹ iff ⟺ Leftrightarrow ⇔ mapsto ↦ longrightarrow ⟶ uparrow ↑ downarrow ↓ "
        + "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ cong ≅ propto ∝ ll ≪ gg ≫ doteq ≐ triangleq ≜ coloneqq ≔ "
        + "in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ mid ∣ parallel ∥ perp ⊥ "
        + "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ odot ⊙ oplus ⊕ otimes ⊗ prime ′ colon : lbrace { rbrace } lvert | rvert | lVert ‖ rVert ‖ Vert ‖ vert | "
        + "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ { { } } | ‖ % % # # _ _ & & $ $");

    /// <summary>Operators with limits above and below in display style.</summary>
    internal static readonly FrozenDictionary<string, string> Large = Table("sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂");

    /// <summary>Named functions; those that take a limit below.</summary>
    internal static readonly FrozenSet<string> LimitFunctions = FrozenSet.Create("max", "min", "sup", "inf", "lim", "argmax", "argmin", "Pr", "limsup", "liminf");

    internal static readonly FrozenSet<string> Functions = FrozenSet.Create(
        "sin", "cos", "tan", "tanh", "sinh", "cosh", "arcsin", "arccos", "arctan", "exp", "log", "ln", "lg", "det", "dim", "ker", "deg", "gcd", "arg", "sgn", "clip");

    internal static readonly FrozenDictionary<string, string> Accents = Table("hat ^ widehat ^ tilde ~ widetilde ~ bar ‾ overline ‾ vec → dot ˙ ddot ¨ check ˇ acute ´ grave `");

    internal static readonly FrozenDictionary<string, string> Spaces = Table(", 0.167em : 0.222em > 0.222em ; 0.278em ! -0.167em quad 1em qquad 2em enspace 0.5em thinspace 0.167em");

    private static FrozenDictionary<string, string> Table(string pairs)
    {
        string[] words = pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, words.Length / 2).DistinctBy(i => words[2 * i]).ToFrozenDictionary(i => words[2 * i], i => words[(2 * i) + 1]);
    }
}
