using System.CommandLine;
using System.Text;
using System.Text.Json;
using Cax.Cli.Profiles;
using Cax.Cli.Profiles.Drafting;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles new</c>: a first draft of a profile.</summary>
internal static class NewProfile
{
    private const string DefaultName = "my-profile";

    private const string Summary = "Drafts a profile from a sample record.";

    private const string Details = """
        Members are guessed by their names and the form of their values. What was not
        found stands in the notes of the draft and is told here; nothing is invented.

          cax profiles new --from order.json --name my-shop > my-shop.profile.json

        Exit codes (the highest that applies):
          0    the draft is complete; read it all the same
          1    the draft lacks something, which is told
          2    usage, or no sample
        """;

    public static Command Create(CliConsole console)
    {
        var from = new Option<string>("--from") { Description = "A JSON file, of NDJSON the first line, or - for standard input", HelpName = "SAMPLE", Required = true };
        var name = new Option<string>("--name") { Description = "The name of the profile", HelpName = "NAME", DefaultValueFactory = _ => DefaultName };
        var command = new DetailedCommand("new", Summary, Details) { from, name };
        command.SetAction((parsed, cancellation) => RunAsync(console, parsed.GetValue(from)!, parsed.GetValue(name)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliConsole console, string from, string name, CancellationToken cancellation)
    {
        if (await SampleRecord.ReadAsync(console, from, cancellation) is not { } sample)
        {
            return ExitCode.Usage;
        }

        using var json = JsonDocument.Parse(sample);
        if (ProfileDraft.Of(json.RootElement) is not { } draft)
        {
            console.Say($"{from}: holds no object, so there is nothing to map");
            return ExitCode.Usage;
        }

        var text = DraftJson.Of(draft, name);
        console.Out.WriteLine(text);
        var remaining = ProfileCheck.Problems(new ProfileDocument(name, Encoding.UTF8.GetBytes(text)));
        new ProfileFiles(console).Tell(remaining);
        return remaining.Count == 0 ? ExitCode.Done : ExitCode.Parked;
    }
}
