using System.CommandLine;
using Cax.Cli.Output;
using Cax.Cli.Profiles;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles check</c>: everything that is wrong with profiles.</summary>
internal static class CheckProfiles
{
    private const string Summary = "Says everything that is wrong with profiles.";

    private const string Details = """
        A mistake reads FILE: PATH what is wrong; perhaps what was meant. The path is
        that of the JSON in the file.

        Exit codes (the highest that applies):
          0    no mistake
          1    a mistake
          2    usage, or a file that cannot be read
        """;

    public static Command Create(CliConsole console)
    {
        var names = new Argument<string[]>("FILE") { Description = "The files, or directories of *.profile.json", Arity = ArgumentArity.OneOrMore };
        var json = SharedOptions.Json("the mistakes");
        var command = new DetailedCommand("check", Summary, Details) { names, json };
        command.SetAction(parsed => Run(console, parsed.GetValue(names)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(CliConsole console, string[] names, bool asJson)
    {
        if (new ProfileFiles(console).Read(names, ProfileDocument.Ending) is not { } documents)
        {
            return ExitCode.Usage;
        }

        ProfileProblem[] problems = [.. documents.SelectMany(ProfileCheck.Problems)];
        if (asJson)
        {
            PrintJson(console, documents.Count, problems);
        }
        else
        {
            Print(console, documents.Count, problems);
        }

        return problems.Length == 0 ? ExitCode.Done : ExitCode.Parked;
    }

    private static void Print(CliConsole console, int profiles, ProfileProblem[] problems)
    {
        var ink = Ink.For(console);
        foreach (var problem in problems)
        {
            console.Out.WriteLine($"{problem.Place}: {ink.Bad("mistake")} {ProblemText.Rest(problem, ink)}");
        }

        var verdict = FormattableString.Invariant($"profiles {profiles:N0}, mistakes {problems.Length:N0}");
        console.Out.WriteLine(problems.Length == 0 ? ink.Good(verdict) : ink.Bad(verdict));
    }

    private static void PrintJson(CliConsole console, int profiles, ProfileProblem[] problems) => AccountsJson.Print(console, json =>
    {
        json.WriteStartArray("mistakes");
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("file", problem.Place);
            json.WriteString("path", problem.Path);
            json.WriteString("message", problem.Message);
            json.WriteString("suggestion", problem.Suggestion);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("profiles", profiles);
    });
}
