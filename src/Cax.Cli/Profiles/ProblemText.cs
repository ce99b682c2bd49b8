using Cax.Cli.Output;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Profiles;

/// <summary>A mistake in a profile, on one line.</summary>
internal static class ProblemText
{
    public static string Of(ProfileProblem problem) => $"{problem.Place}: {Rest(problem, new Ink(false))}";

    /// <summary>All but where it is.</summary>
    public static string Rest(ProfileProblem problem, Ink ink)
    {
        var suggestion = problem.Suggestion is { } text ? $"; perhaps {Printable.Of(text)}" : "";
        return $"{ink.Bold(Printable.Of(problem.Path))} {Printable.Of(problem.Message)}{suggestion}";
    }
}
