using System.Text;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>Reads what <see cref="DeadLetterJson"/> writes, and what a person made of it.</summary>
public static class DeadLetterReader
{
    /// <exception cref="FormatException">The document is not one of ours, or damaged.</exception>
    public static DeadLetter ReadLetter(ReadOnlyMemory<byte> utf8) => Read(utf8, root =>
    {
        if (root.GetProperty("version").GetInt32() != DeadLetter.CurrentVersion)
        {
            throw new FormatException("the document has a version that this program does not know");
        }

        var origin = root.GetProperty("origin");
        var sha = Text(root, "originalSha256");
        return new DeadLetter
        {
            Name = ReadName(root),
            Reason = ReadReason(root),
            Detail = Required(root, "detail"),
            Findings = [.. root.GetProperty("findings").EnumerateArray().Select(ReadFinding)],
            HttpStatus = root.TryGetProperty("httpStatus", out var status) ? status.GetInt32() : null,
            Attempts = root.GetProperty("attempts").GetInt32(),
            Origin = new DeadLetterOrigin(
                Required(origin, "source"),
                Required(origin, "delivery"),
                origin.GetProperty("line").GetInt64(),
                origin.GetProperty("column").GetInt64(),
                origin.GetProperty("offset").GetInt64(),
                origin.GetProperty("length").GetInt64(),
                origin.GetProperty("receivedAt").GetDateTimeOffset()),
            Destination = Required(root, "destination"),
            Profile = root.TryGetProperty("profile", out var profile) ? ReadProfile(profile) : null,
            Properties = root.TryGetProperty("properties", out var properties) ? ReadProperties(properties) : MessageProperties.None,
            EventName = Text(root, "eventName"),
            EventId = Text(root, "eventId"),
            Size = root.GetProperty("size").GetInt64(),
            FirstAt = root.GetProperty("firstAt").GetDateTimeOffset(),
            LastAt = root.GetProperty("lastAt").GetDateTimeOffset(),
            History = root.TryGetProperty("history", out var history) ? [.. history.EnumerateArray().Select(ReadEarlier)] : [],
            Event = Bytes(root, "event"),
            OriginalSha256 = sha,
            Original = Bytes(root, sha is null ? "original" : "originalHead"),
        };
    });

    /// <exception cref="FormatException">The document is not one of ours, or damaged.</exception>
    public static ReplayResult ReadResult(ReadOnlyMemory<byte> utf8) => Read(utf8, ReadResult);

    /// <exception cref="FormatException">The document is not one of ours, or damaged.</exception>
    public static NamedReplayResult ReadNamedResult(ReadOnlyMemory<byte> utf8) =>
        Read(utf8, root => new NamedReplayResult(ReadName(root), ReadResult(root)));

    private static ReplayResult ReadResult(JsonElement root) => new(
        root.GetProperty("at").GetDateTimeOffset(),
        Enum.Parse<OutcomeKind>(Required(root, "outcome")),
        Text(root, "reason"),
        Text(root, "detail"));

    /// <summary>Names come out of documents that a person may have edited, and are told and looked up: one that is not shaped like ours is none.</summary>
    private static string ReadName(JsonElement root) => Required(root, "name") is var name && DeadLetterName.IsUsable(name)
        ? name
        : throw new FormatException("the document has a name that no dead letter has");

    private static string ReadReason(JsonElement root) => Required(root, "reason") is var reason && DeadLetterName.IsReason(reason)
        ? reason
        : throw new FormatException("the document has a reason that is no reason code");

    private static string Required(JsonElement parent, string name) =>
        parent.GetProperty(name).GetString() ?? throw new FormatException($"the document has no {name}");

    private static Finding ReadFinding(JsonElement finding) => new(
        Required(finding, "code"),
        finding.GetProperty("severity").GetString() == "error" ? Severity.Error : Severity.Warning,
        Required(finding, "path"),
        Required(finding, "message"));

    private static ProfileChoice ReadProfile(JsonElement profile) => ProfileRuleNames.Find(Required(profile, "by")) is { } rule
        ? new ProfileChoice(Required(profile, "name"), rule)
        : throw new FormatException("the document has a profile that was chosen by no rule");

    private static IReadOnlyDictionary<string, string> ReadProperties(JsonElement properties) => MessageProperties.Of(
        properties.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, (object)(property.Value.GetString() ?? ""))));

    private static EarlierParking ReadEarlier(JsonElement earlier) => new(
        earlier.GetProperty("at").GetDateTimeOffset(),
        Required(earlier, "reason"),
        Required(earlier, "detail"));

    private static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("the document is not a dead letter of this program, or damaged", e);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(JsonElement root, string name)
    {
        if (root.TryGetProperty(name, out var text))
        {
            return Encoding.UTF8.GetBytes(text.GetString()!);
        }

        return root.TryGetProperty(name + "Base64", out var base64) ? base64.GetBytesFromBase64() : default(ReadOnlyMemory<byte>);
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
