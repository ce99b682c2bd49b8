using System.Globalization;
using System.Text.Json;
using Cax.Core.Reports.Health;

namespace Cax.Core.Delivery;

/// <summary>
/// Reads the rows of <c>sources-data-quality</c>, whose shape is only known from an example (CAX reference 8.4): the first row names the columns, the
/// times are epoch milliseconds.
/// </summary>
internal static class SourceQualityJson
{
    private static readonly Columns Documented = new(0, 1, 2);

    /// <summary>The counts; null when the answer holds none.</summary>
    public static SourceQuality? Read(ReadOnlyMemory<byte> body) => ConfigApiJson.Read(body, root =>
    {
        var data = ConfigApiJson.Member(root, "data") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1
            ? list[0]
            : ConfigApiJson.Member(root, "data") ?? default;
        var validation = ConfigApiJson.Member(ConfigApiJson.Member(data, "attributes") ?? default, "validation") ?? default;
        return ConfigApiJson.Member(validation, "statuses") switch
        {
            { ValueKind: JsonValueKind.Object } statuses => ReadStatuses(statuses),

            // An empty object and an empty list are one and the same to many a server.
            { ValueKind: JsonValueKind.Array } none when none.GetArrayLength() == 0 => new SourceQuality(),
            _ => null,
        };
    });

    private static SourceQuality? ReadStatuses(JsonElement statuses)
    {
        var quality = new SourceQuality();
        foreach (var status in statuses.EnumerateObject())
        {
            if (status.Value.ValueKind != JsonValueKind.Array || !ReadRows(status.Name, status.Value, quality))
            {
                return null;
            }
        }

        return quality;
    }

    private static bool ReadRows(string name, JsonElement rows, SourceQuality quality)
    {
        var columns = Documented;
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            if (Columns.Read(row) is { } named)
            {
                columns = named;
            }
            else if (Time(row, columns.Time) is { } time && Number(row, columns.Collected) is { } collected)
            {
                // Without a column of its own nothing says that any was rejected.
                quality.Add(name, QuarterHour.Of(time), new CollectedCount(collected, Number(row, columns.Normalized) ?? collected));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static DateTimeOffset? Time(JsonElement row, int column) => Cell(row, column) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var milliseconds)
            && milliseconds is >= 0 and < 253_402_300_800_000 => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => null,
    };

    private static long? Number(JsonElement row, int column) => Cell(row, column) switch
    {
        { ValueKind: JsonValueKind.Null } => 0,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var count) && count >= 0 => count,
        _ => null,
    };

    private static JsonElement? Cell(JsonElement row, int column) => column >= 0 && column < row.GetArrayLength() ? row[column] : null;

    private sealed record Columns(int Time, int Collected, int Normalized)
    {
        /// <summary>Null when it is no row of names.</summary>
        public static Columns? Read(JsonElement row)
        {
            var names = row.EnumerateArray().Select(cell => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : "").ToList();
            var columns = new Columns(Find("dateTime"), Find("collected"), Find("normalized"));
            return columns is { Time: >= 0, Collected: >= 0 } ? columns : null;

            int Find(string column) => names.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        }
    }
}
