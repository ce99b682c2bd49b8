using System.Buffers;
using System.Text.Json;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Records;

/// <summary>
/// Says whether a profile of rows knows a header. Its <c>recognise</c> is asked about one record in which every column holds its own name, so it can ask
/// which columns there are, and not what is in them.
/// </summary>
internal static class HeaderRecogniser
{
    private static readonly RecordOrigin Nowhere = new("", DateTimeOffset.UnixEpoch);

    /// <param name="profile">A profile of rows.</param>
    /// <param name="columns">The columns of the header, each name once.</param>
    public static bool Knows(Profile profile, IReadOnlyList<string> columns)
    {
        if (profile is not { Recognise: not null, Input.Csv: { Header: true } csv } || JsonTape.Parse(Record(columns, csv.GroupBy.Count > 0)) is not { } tape)
        {
            return false;
        }

        var at = Evaluation.Begin(tape, Nowhere);
        try
        {
            return RecordFinder.Recognises(at, profile);
        }
        finally
        {
            at.End();
        }
    }

    private static ReadOnlyMemory<byte> Record(IReadOnlyList<string> columns, bool isGroup)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(utf8);
        json.WriteStartObject();
        if (isGroup)
        {
            json.WriteStartArray("rows"u8);
            json.WriteStartObject();
        }

        foreach (var column in columns)
        {
            json.WriteString(column, column);
        }

        if (isGroup)
        {
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return utf8.WrittenMemory;
    }
}
