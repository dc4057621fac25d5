namespace Ddpg.Viewing.Diagram;

/// <summary>A thing of the diagram.</summary>
/// <param name="Parts">The parts it belongs to: it is lit when one of them is.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Formula">Below the name; <c>_θ</c> and <c>_{θ′}</c> write an index.</param>
internal sealed record DiagramBox(DdpgParts Parts, double X, double Y, double Width, double Height, string Name, string Formula);
