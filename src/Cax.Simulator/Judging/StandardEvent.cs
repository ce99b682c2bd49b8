namespace Cax.Simulator.Judging;

/// <summary>What one standard event asks of the members at its root.</summary>
/// <param name="Texts">Members that are strings with something in them when they are there.</param>
/// <param name="Required">Members that must be there.</param>
internal sealed record StandardEvent(string[] Texts, string[] Required);
