using System.CommandLine;
using Cax.Cli.Output;
using Cax.Cli.Profiles;
using Cax.Core.Events;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Cases;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles test</c>: do profiles still make of messages what they are meant to?</summary>
internal sealed class TestProfiles(CliConsole console, bool accepts, bool asJson)
{
    private const string Summary = "Runs golden cases: messages and what profiles are to make of them.";

    private const string Details = """
        Cases stand in NAME.cases.json, {"profile": NAME, "cases": [{"name", "input",
        "properties", "parameters", "expect"}]}, beside the profile. Without FILE those
        run that come with the connector. With --accept what came out is written into
        the files as what is expected: read the difference before you keep it.

        Exit codes (the highest that applies):
          0    all passed, or was accepted
          1    a case failed
          2    usage, or a file that cannot be read or has mistakes
        """;

    private readonly Ink _ink = Ink.For(console);
    private readonly ProfileFiles _files = new(console);
    private readonly List<(ProfileCaseFile File, ProfileCaseResult Result)> _failed = [];
    private int _cases;

    public static Command Create(CliConsole console)
    {
        var names = new Argument<string[]>("FILE") { Description = "Files of cases, or directories of *.cases.json", Arity = ArgumentArity.ZeroOrMore };
        var directory = SharedOptions.Directory();
        var accept = new Option<bool>("--accept") { Description = "Write what came out into the files" };
        var json = SharedOptions.Json("the results");
        var command = new DetailedCommand("test", Summary, Details) { names, directory, accept, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(accept) && result.GetValue(names) is null or [])
            {
                result.AddError("--accept needs FILE: what comes with the connector stays as it is.");
            }
        });
        command.SetAction(parsed => new TestProfiles(console, parsed.GetValue(accept), parsed.GetValue(json)).Run(
            parsed.GetValue(names) ?? [], parsed.GetValue(directory)));
        return command;
    }

    private int Run(string[] names, string? directory)
    {
        var own = _files.OfDirectory(directory);
        var cases = names.Length == 0 ? BuiltInProfiles.Cases : _files.Read(names, ProfileFiles.CasesEnding);
        if (own is null || cases is null)
        {
            return ExitCode.Usage;
        }

        var isSound = true;
        foreach (var document in cases)
        {
            var problems = new List<ProfileProblem>();
            if (ProfileCaseFile.Read(document, problems) is { } file)
            {
                isSound &= Run(file, names.Length == 0 ? own : [.. own, .. _files.Beside(document.Place)]);
            }
            else
            {
                _files.Tell(problems);
                isSound = false;
            }
        }

        End();
        return !isSound ? ExitCode.Usage : _failed.Count > 0 && !accepts ? ExitCode.Parked : ExitCode.Done;
    }

    /// <summary>False when there is no such profile, or it has mistakes, which are then told.</summary>
    private bool Run(ProfileCaseFile file, IReadOnlyList<ProfileDocument> profiles)
    {
        var catalog = ProfileCatalog.Of(profiles);
        if (!catalog.Names.Contains(file.Profile, StringComparer.OrdinalIgnoreCase))
        {
            _files.Tell(catalog.Problems);
            console.Say($"{file.Place}: there is no profile {file.Profile}, or it has mistakes");
            return false;
        }

        var runner = new ProfileCaseRunner(profiles);
        var accepted = new Dictionary<ProfileCase, string>();
        foreach (var one in file.Cases)
        {
            var result = runner.Run(file, one);
            _cases++;
            if (!result.Passed)
            {
                _failed.Add((file, result));
                accepted.Add(one, result.Outcome);
            }

            if (!asJson)
            {
                Print(file, result);
            }
        }

        if (accepts && accepted.Count > 0)
        {
            File.WriteAllBytes(file.Place, file.With(accepted));
        }

        return true;
    }

    private void Print(ProfileCaseFile file, ProfileCaseResult result)
    {
        var mark = result.Passed ? _ink.Good("passed  ") : accepts ? _ink.Careful("accepted") : _ink.Bad("failed  ");
        console.Out.WriteLine($"{mark}  {Printable.Of(file.Profile)}: {Printable.Of(result.Case.Name)}");
        foreach (var difference in result.Differences)
        {
            console.Out.WriteLine(Printable.Of($"            {difference.Path}: expected {difference.Expected ?? "nothing"}, got {difference.Actual ?? "nothing"}"));
        }

        if (result.Passed)
        {
            return;
        }

        foreach (var finding in result.Records.SelectMany(record => record.Findings).Where(finding => finding.Severity == Severity.Error))
        {
            console.Out.WriteLine(Printable.Of($"            {finding.Code} {finding.Path}: {finding.Message}"));
        }
    }

    private void End()
    {
        if (!asJson)
        {
            var verdict = FormattableString.Invariant($"cases {_cases:N0}, {(accepts ? "accepted" : "failed")} {_failed.Count:N0}");
            console.Out.WriteLine(_failed.Count == 0 ? _ink.Good(verdict) : accepts ? _ink.Careful(verdict) : _ink.Bad(verdict));
            return;
        }

        AccountsJson.Print(console, json =>
        {
            json.WriteStartArray("failed");
            foreach (var (file, result) in _failed)
            {
                json.WriteStartObject();
                json.WriteString("file", file.Place);
                json.WriteString("profile", file.Profile);
                json.WriteString("case", result.Case.Name);
                json.WriteStartArray("differences");
                foreach (var difference in result.Differences)
                {
                    json.WriteStartObject();
                    json.WriteString("path", difference.Path);
                    json.WriteString("expected", difference.Expected);
                    json.WriteString("actual", difference.Actual);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("cases", _cases);
            json.WriteBoolean("accepted", accepts);
        });
    }
}
