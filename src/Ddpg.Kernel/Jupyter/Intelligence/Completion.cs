namespace Ddpg.Kernel.Jupyter.Intelligence;

/// <summary>One way to go on.</summary>
/// <param name="Text">What replaces the span.</param>
/// <param name="Kind">What front ends choose an icon by: class, function, property, variable, keyword, …</param>
/// <param name="Signature">Type or parameter list, for the list's second column; may be empty.</param>
internal sealed record Completion(string Text, string Kind, string Signature = "");

/// <summary>Ways to replace <c>[Start, End)</c> of the cell, best first.</summary>
internal sealed record Completions(IReadOnlyList<Completion> Items, int Start, int End);
