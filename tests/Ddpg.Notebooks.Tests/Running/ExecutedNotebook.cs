namespace Ddpg.Notebooks.Tests.Running;

/// <summary>How one notebook's run ended.</summary>
/// <param name="Ok">Whether every cell ran; cells tagged <c>raises-exception</c> may fail.</param>
/// <param name="Detail">The first failing cell and its error; empty when <paramref name="Ok"/>.</param>
/// <param name="Path">The executed copy, with its outputs up to the end or the failure.</param>
/// <param name="Seconds">How long it ran, with its kernel's start.</param>
public sealed record ExecutedNotebook(bool Ok, string Detail, string Path, double Seconds);
