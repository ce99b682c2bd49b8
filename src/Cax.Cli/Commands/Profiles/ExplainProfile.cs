using System.CommandLine;
using Cax.Cli.Profiles;
using Cax.Cli.Profiles.Drafting;
using Cax.Core;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Explaining;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Cli.Commands.Profiles;

/// <summary><c>cax profiles explain</c>: where every property of an event comes from.</summary>
internal sealed class ExplainProfile(CliConsole console)
{
    private const string Consent = "Cax__Consent__Policy";

    private const string Summary = "Says of a record where each property of its event comes from.";

    private const string Details = """
        For each property: its value, the path or operator that gave it, and what was
        looked at without success; then what CAX requires and nothing gave, the event
        that came out, and what validation finds. Sends nothing. Where the settings say
        nothing about consent, the event is made without. The record is the first of the
        file, or the one that stands on a line; a profile of rows reads CSV.

          cax profiles explain shopify-csv --input orders_export.csv --line 27

        Exit codes (the highest that applies):
          0    the record gives events, or a rule skips it
          1    it is parked or cannot be read, or validation finds an error
          2    usage, or a profile with mistakes
        """;

    public static Command Create(CliConsole console)
    {
        var profile = new Argument<string>("PROFILE") { Description = "A file, or the name of a profile" };
        var input = new Option<string>("--input") { Description = "A file with the record, or - for standard input; of several records the first", HelpName = "RECORD", Required = true };
        var line = new Option<long?>("--line") { Description = "The line of the file on which the record stands", HelpName = "N" };
        var property = SharedOptions.Pairs("--property", "A property of the message, such as X-Shopify-Topic=orders/create");
        var parameter = SharedOptions.Pairs("--parameter", "A parameter of the profile, such as timeZone=Europe/Paris");
        var directory = SharedOptions.Directory();
        var json = SharedOptions.Json("the explanation");
        var command = new DetailedCommand("explain", Summary, Details) { profile, input, line, property, parameter, directory };
        var settings = SettingOptions.ForReading(command);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = settings.Read(console, parsed, needsDestination: false);
            if (options is null)
            {
                return ExitCode.Usage;
            }

            var explain = new ExplainProfile(console);
            return explain.Catalog(parsed.GetValue(profile)!, parsed.GetValue(directory), options.Mapping.Profiles, parsed.Values(parameter), out var name) is { } catalog
                && await SampleInput.FindAsync(console, parsed.GetValue(input)!, cancellation) is { } sample
                ? await explain.RunAsync(options, catalog, name, sample, parsed.GetValue(line), parsed.Values(property), parsed.GetValue(json), cancellation)
                : ExitCode.Usage;
        });
        return command;
    }

    /// <summary>The profiles and the name of the one that was meant. Null when there is none of that name, or it has mistakes.</summary>
    private ProfileCatalog? Catalog(string profile, string? directory, ProfileOptions settings, Dictionary<string, string> parameters, out string name)
    {
        name = profile;
        var files = new ProfileFiles(console);
        var isFile = File.Exists(profile) || profile.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var own = isFile ? files.Read([profile], ProfileDocument.Ending) : files.OfDirectory(directory);
        if (own is null)
        {
            return null;
        }

        if (isFile)
        {
            var alone = ProfileCatalog.Of(own);
            files.Tell(alone.Problems);
            if (alone.Problems.Count > 0)
            {
                return null;
            }

            name = alone.Summaries.Single(one => one.Document == own[0]).Name;
        }

        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>(settings.Parameters, StringComparer.OrdinalIgnoreCase);
        foreach (var (parameter, value) in all.GetValueOrDefault(name) ?? new Dictionary<string, string>())
        {
            parameters.TryAdd(parameter, value);
        }

        all[name] = parameters;
        var catalog = new ProfileCatalog(all, own);
        files.Tell(catalog.Problems);
        if (catalog.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return catalog;
        }

        if (!catalog.Has(name))
        {
            console.Say($"{name}: no such file and no such profile; there are {string.Join(", ", catalog.Names)}");
        }

        return null;
    }

    private async Task<int> RunAsync(
        CaxOptions options, ProfileCatalog catalog, string name, SampleInput input, long? line, Dictionary<string, string> properties, bool asJson,
        CancellationToken cancellation)
    {
        var origin = new RecordOrigin(options.Sources.Name, console.Time.GetUtcNow())
        {
            Profile = new ProfileChoice(name, ProfileRule.Property),
            Properties = properties,
        };
        try
        {
            var hints = new MappingHints(origin.Profile, properties);
            await using var file = await RecordFile.OpenAsync(input.Open(), input.Name, options.Sources, catalog, hints, cancellation);
            if (file.Layout.Format == FileFormat.Json && line is null)
            {
                return await SampleRecord.ReadAsync(console, input, cancellation) is { } record ? Explain(options, catalog, record, origin, asJson) : ExitCode.Usage;
            }

            return await FindAsync(file, line, cancellation) switch
            {
                null => Missing(input.Name, line),
                { Fault: { } fault } => Unreadable(input.Name, fault),
                var found => Explain(options, catalog, found.Utf8, origin, asJson),
            };
        }
        catch (IOException)
        {
            console.Say($"{input.Name}: cannot be read");
            return ExitCode.Usage;
        }
    }

    /// <summary>The last record that begins on a line or before it; the first without a line.</summary>
    private static async Task<Record?> FindAsync(RecordFile file, long? line, CancellationToken cancellation)
    {
        Record? found = null;
        await foreach (var record in file.ReadAsync(cancellation))
        {
            if (found is not null && record.Position.Line > (line ?? 0))
            {
                break;
            }

            found = record;
        }

        return found is not null && (line is null || found.Position.Line <= line) ? found : null;
    }

    private int Missing(string name, long? line)
    {
        console.Say(line is null ? $"{name}: holds no record" : FormattableString.Invariant($"{name}: no record stands on line {line}"));
        return ExitCode.Usage;
    }

    private int Unreadable(string name, RecordFault fault)
    {
        console.Say($"{name}: {fault.Reason}: {fault.Located}");
        return ExitCode.Parked;
    }

    private int Explain(CaxOptions options, ProfileCatalog catalog, ReadOnlyMemory<byte> record, RecordOrigin origin, bool asJson)
    {
        var name = origin.Profile!.Name;
        var explanations = new ProfileExplainer(Mapping(options.Mapping), catalog).Explain(record, origin);
        var validator = new EventValidator(options.Events, options.Mapping.General.Consent.Element == ConsentElement.Number, console.Time);
        ExplainedRecord[] records = [.. explanations.Select(one => ExplainedRecord.Of(one, validator))];
        if (asJson)
        {
            ExplanationJson.Print(console, name, records);
        }
        else
        {
            new ExplanationText(console).Print(name, records);
        }

        return Array.Exists(records, one => one.HasErrors) ? ExitCode.Parked : ExitCode.Done;
    }

    /// <summary>Consent is a matter of the source and not of its profile: it is no reason to show no event.</summary>
    private MappingOptions Mapping(MappingOptions options) =>
        console.Environment.Keys.Any(name => name.Replace(":", "__", StringComparison.Ordinal).Equals(Consent, StringComparison.OrdinalIgnoreCase))
            ? options
            : options with { General = options.General with { Consent = options.General.Consent with { Policy = ConsentPolicy.Omit } } };
}
