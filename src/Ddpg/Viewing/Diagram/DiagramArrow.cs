namespace Ddpg.Viewing.Diagram;

/// <summary>An arrow of the diagram.</summary>
/// <param name="Parts">The parts it belongs to: it is lit when one of them is.</param>
/// <param name="Kind">What flows.</param>
/// <param name="Path">x, y, x, y, …: straight pieces, along the axes. The head is at the last point; a <see cref="FlowKind.Stop"/> has two bars there.</param>
/// <param name="Label">Its text, if it has one.</param>
internal sealed record DiagramArrow(DdpgParts Parts, FlowKind Kind, double[] Path, DiagramLabel? Label = null);
