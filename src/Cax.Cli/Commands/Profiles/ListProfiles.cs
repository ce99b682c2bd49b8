using System.CommandLine;
using Cax.Cli.Output;
using Cax.Cli.Profiles;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles list</c>: which profiles there are.</summary>
internal static class ListProfiles
{
    private const string Summary = "Lists the profiles, their events and their parameters.";

    private const string Details = """
        A profile that is recognised need not be named: its records are known by their
        shape, its files of rows (CSV) by their header. The others are named by --profile, by the message property cax-profile,
        or by the settings. In brackets behind a parameter stands its default; cax profiles
        show NAME says what it is for.

        Exit codes: 0 listed, 2 usage or configuration; also a profile with mistakes.
        """;

    public static Command Create(CliConsole console)
    {
        var directory = SharedOptions.Directory();
        var json = SharedOptions.Json("the profiles");
        var command = new DetailedCommand("list", Summary, Details) { directory, json };
        command.SetAction(parsed => Run(console, parsed.GetValue(directory), parsed.GetValue(json)));
        return command;
    }

    private static int Run(CliConsole console, string? directory, bool asJson)
    {
        var files = new ProfileFiles(console);
        if (files.OfDirectory(directory) is not { } own)
        {
            return ExitCode.Usage;
        }

        var catalog = ProfileCatalog.Of(own);
        if (asJson)
        {
            PrintJson(console, catalog.Summaries);
        }
        else
        {
            Print(console, catalog.Summaries);
        }

        files.Tell(catalog.Problems);
        return catalog.Problems.Count == 0 ? ExitCode.Done : ExitCode.Usage;
    }

    private static void Print(CliConsole console, IReadOnlyList<ProfileSummary> profiles)
    {
        var ink = Ink.For(console);
        var widest = profiles.Count == 0 ? 0 : profiles.Max(profile => profile.Name.Length);
        foreach (var profile in profiles)
        {
            var indent = widest + 2;
            Line(ink.Bold(Printable.Of(profile.Name).PadRight(indent)), Printable.Of(profile.Title));
            var known = !profile.IsRecognised ? "to be asked for by name" : profile.IsOfRows ? "recognised by the header" : "recognised by its shape";
            Line("", $"{string.Join(", ", profile.Events)}; {known}{(profile.IsBuiltIn ? "" : "; " + Printable.Of(profile.Document.Place))}");
            if (profile.Parameters.Count > 0)
            {
                Line("", $"parameters {string.Join(", ", profile.Parameters.Select(Name))}");
            }

            void Line(string first, string text) => AccountsText.PrintWrapped(console.Out, text, first.Length == 0 ? new string(' ', indent) : first, indent);
        }
    }

    private static string Name(ParameterSummary parameter) =>
        parameter.Default is { } value ? $"{parameter.Name} ({Printable.Of(value)})" : parameter.Name;

    private static void PrintJson(CliConsole console, IReadOnlyList<ProfileSummary> profiles) => AccountsJson.Print(console, json =>
    {
        json.WriteStartArray("profiles");
        foreach (var profile in profiles)
        {
            json.WriteStartObject();
            json.WriteString("name", profile.Name);
            json.WriteString("title", profile.Title);
            json.WriteBoolean("builtIn", profile.IsBuiltIn);
            json.WriteString("place", profile.Document.Place);
            json.WriteBoolean("recognised", profile.IsRecognised);
            json.WriteString("input", profile.IsOfRows ? "csv" : "json");
            json.WriteTexts("events", profile.Events);
            json.WriteStartArray("parameters");
            foreach (var parameter in profile.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Name);
                json.WriteString("description", parameter.Description);
                json.WriteString("default", parameter.Default);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteTexts("notes", profile.Notes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
