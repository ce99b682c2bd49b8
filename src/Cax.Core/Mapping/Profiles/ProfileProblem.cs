namespace Cax.Core.Mapping.Profiles;

/// <summary>A mistake in a profile.</summary>
/// <param name="Place">The document.</param>
/// <param name="Path">Where in it, as a JSON path: <c>$.events[0].set.revenue</c>.</param>
/// <param name="Message">What is wrong, and what is expected.</param>
/// <param name="Suggestion">What is probably meant; null when there is no telling.</param>
public sealed record ProfileProblem(string Place, string Path, string Message, string? Suggestion)
{
    public override string ToString() => $"{Place}: {Path}: {Message}{(Suggestion is null ? "" : $" (perhaps {Suggestion} is meant)")}";
}
