using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>Reads the first rows of a file of which nothing is known yet, as the connector will read it.</summary>
internal static class RowSampleReader
{
    private const int MostRows = 1_000;
    private const int MostNotes = 20;
    private const string Profile = "rows-of-any-kind";

    private static readonly string?[] Encodings = [null, "windows-1252"];

    /// <summary>The rows, or what is wrong with the first of them.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<(RowSample? Rows, RecordFault? Fault)> ReadAsync(SampleInput input, CancellationToken cancellation)
    {
        RecordFault? fault = null;
        foreach (var encoding in Encodings)
        {
            // Notes above the header show in this, that what follows has another number of fields.
            for (var skip = 0; skip <= MostNotes; skip++)
            {
                var attempt = await ReadAsync(input, encoding, skip, cancellation);
                if (attempt.IsSound)
                {
                    return (attempt.Rows, null);
                }

                fault ??= attempt.Fault;
                if (attempt.Fault is null || attempt.Fault.Reason == ReasonCodes.InvalidText)
                {
                    break;
                }
            }
        }

        return (null, fault);
    }

    private static async Task<Attempt> ReadAsync(SampleInput input, string? encoding, int skip, CancellationToken cancellation)
    {
        var hints = new MappingHints(new ProfileChoice(Profile, ProfileRule.Property), MessageProperties.None);
        await using var file = await RecordFile.OpenAsync(
            input.Open(), input.Name, new SourceOptions(), ProfileCatalog.Of([Document(encoding, skip)]), hints, cancellation);
        var columns = file.Layout.Columns;
        var values = columns.Select(_ => new List<string>()).ToList();
        var (good, bad) = (0, 0);
        RecordFault? fault = null;
        await foreach (var record in file.ReadAsync(cancellation))
        {
            if (record.Fault is not null)
            {
                bad++;
                fault = fault?.Reason == ReasonCodes.InvalidText ? fault : record.Fault;
            }
            else
            {
                good++;
                using var row = JsonDocument.Parse(record.Utf8);
                for (var i = 0; i < columns.Count; i++)
                {
                    values[i].Add(row.RootElement.GetProperty(columns[i]).GetString()!.Trim());
                }
            }

            if (good + bad >= MostRows)
            {
                break;
            }
        }

        var sample = new RowSample(
            file.Layout, encoding, skip, [.. columns.Select((name, i) => new SampleColumn(name, SampleField.Plain(name), values[i]))]);
        return new Attempt(sample, good, bad, fault);
    }

    private static ProfileDocument Document(string? encoding, int skip) => new(Profile, Encoding.UTF8.GetBytes(
        $$"""
        {
          "profile": "{{Profile}}", "version": 1, "title": "Rows",
          "input": { "format": "csv", "csv": { "skipLines": {{skip.ToString(CultureInfo.InvariantCulture)}}, "encoding": "{{encoding ?? "utf-8"}}" } },
          "events": [{ "event": "sign_up", "time": { "received": true }, "set": { "user.id": "$.id" } }]
        }
        """));

    /// <summary>What came of reading a file in one way.</summary>
    private sealed record Attempt(RowSample Rows, int Good, int Bad, RecordFault? Fault)
    {
        private const int LeastColumns = 2;

        public bool IsSound => Good > Bad && Rows.Columns.Count >= LeastColumns && Fault?.Reason != ReasonCodes.InvalidText;
    }
}
