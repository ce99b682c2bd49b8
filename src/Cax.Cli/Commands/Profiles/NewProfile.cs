using System.CommandLine;
using System.Text;
using System.Text.Json;
using Cax.Cli.Profiles;
using Cax.Cli.Profiles.Drafting;
using Cax.Cli.Profiles.Drafting.Rows;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles new</c>: a first draft of a profile.</summary>
internal static class NewProfile
{
    private const string DefaultName = "my-profile";

    private const string Summary = "Drafts a profile from a sample record, or from the first rows of a file.";

    private const string Details = """
        Members and columns are guessed by their names and the form of their values; of a
        file the first 1,000 rows are looked at, and how it writes decimals and dates is
        read from whole columns. What was assumed and what was not found stands in the
        notes of the draft; what it lacks is told here. No value of the sample is in it.

          cax profiles new --from order.json --name my-shop > my-shop.profile.json
          cax profiles new --from orders.csv --name my-export > my-export.profile.json

        Exit codes (the highest that applies):
          0    the draft is complete; read it all the same
          1    the draft lacks something, which is told
          2    usage, or no sample
        """;

    public static Command Create(CliConsole console)
    {
        var from = new Option<string>("--from") { Description = "A file of JSON or of rows (CSV, TSV), packed with gzip or not; or - for standard input", HelpName = "SAMPLE", Required = true };
        var name = new Option<string>("--name") { Description = "The name of the profile", HelpName = "NAME", DefaultValueFactory = _ => DefaultName };
        var command = new DetailedCommand("new", Summary, Details) { from, name };
        command.SetAction((parsed, cancellation) => RunAsync(console, parsed.GetValue(from)!, parsed.GetValue(name)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliConsole console, string from, string name, CancellationToken cancellation)
    {
        if (await SampleInput.FindAsync(console, from, cancellation) is not { } input)
        {
            return ExitCode.Usage;
        }

        try
        {
            await using var file = await RecordFile.OpenAsync(input.Open(), from, new SourceOptions(), ProfileCatalog.BuiltIn, MappingHints.None, cancellation);
            if (file.Layout.Profile is { } known)
            {
                console.Say($"{from}: the profile {known.Name} knows this header: it needs no other");
            }

            return file.Layout.Format == FileFormat.Csv
                ? await OfRowsAsync(console, input, name, cancellation)
                : await OfRecordAsync(console, input, name, cancellation);
        }
        catch (IOException)
        {
            console.Say($"{from}: cannot be read");
            return ExitCode.Usage;
        }
    }

    private static async Task<int> OfRowsAsync(CliConsole console, SampleInput input, string name, CancellationToken cancellation)
    {
        var (rows, fault) = await RowSampleReader.ReadAsync(input, cancellation);
        if (rows is null)
        {
            console.Say(fault is null ? $"{input.Name}: holds no header with rows under it" : $"{input.Name}: {fault.Located}");
            return ExitCode.Usage;
        }

        var (profile, lacks) = RowDraft.Of(rows, name);
        foreach (var note in lacks)
        {
            console.Say(note);
        }

        return Math.Max(Print(console, FittedJson.Of(profile), name), lacks.Count == 0 ? ExitCode.Done : ExitCode.Parked);
    }

    private static async Task<int> OfRecordAsync(CliConsole console, SampleInput input, string name, CancellationToken cancellation)
    {
        if (await SampleRecord.ReadAsync(console, input, cancellation) is not { } sample)
        {
            return ExitCode.Usage;
        }

        using var json = JsonDocument.Parse(sample);
        if (ProfileDraft.Of(json.RootElement) is not { } draft)
        {
            console.Say($"{input.Name}: holds no object, so there is nothing to map");
            return ExitCode.Usage;
        }

        return Print(console, DraftJson.Of(draft, name), name);
    }

    private static int Print(CliConsole console, string text, string name)
    {
        console.Out.WriteLine(text);
        var remaining = ProfileCheck.Problems(new ProfileDocument(name, Encoding.UTF8.GetBytes(text)));
        new ProfileFiles(console).Tell(remaining);
        return remaining.Count == 0 ? ExitCode.Done : ExitCode.Parked;
    }
}
