using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>Which dead letters a replay takes, and what it makes of them.</summary>
internal static class ReplayRules
{
    /// <summary>After so many replays that came to nothing a letter has to be forced.</summary>
    private const int MostReplays = 3;

    /// <summary>Why a letter is not replayed; null when it is.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="replays">The results of its replays, oldest first.</param>
    /// <param name="force">Whether it is replayed although it was sent already, or replayed too often in vain.</param>
    /// <param name="howToForce">What a person does to force it, as the end of a sentence.</param>
    public static Outcome? LeaveOut(DeadLetter letter, IReadOnlyList<ReplayResult> replays, bool force, string howToForce) => letter switch
    {
        { OriginalSha256: not null } => Outcome.Parked(
            ReasonCodes.RecordTooLarge, "only a reference to the record was kept, so it cannot be replayed; send it from its source again"),
        _ when force => null,
        _ when replays is [.., { IsFinal: true } last] => Outcome.Skipped(last.Reason ?? ReasonCodes.AlreadySent),
        _ when replays.Count >= MostReplays => Outcome.Parked(
            letter.Reason, FormattableString.Invariant($"was replayed {replays.Count} times and parked again; {howToForce} tries once more")),
        _ => null,
    };

    /// <summary>What failed for want of an endpoint is sent again as it is, anything else is mapped again from its original.</summary>
    public static Record RecordOf(DeadLetter letter)
    {
        var place = new RecordPosition(letter.Origin.Line, letter.Origin.Column, letter.Origin.Offset, letter.Origin.Length);
        var record = new Record { Position = place, Utf8 = letter.Original, ReplayOf = letter };
        return letter.ReplaysEvent
            ? record with { Event = new CaxEvent(letter.EventName ?? "", letter.EventId ?? "", IdSupplied: false, Timestamp(letter.Event), letter.Event) }
            : record;
    }

    /// <summary>Of two documents about the same event the newer is sent last.</summary>
    private static long Timestamp(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            return json.RootElement.GetProperty("context").GetProperty("event_timestamp").GetInt64();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return 0;
        }
    }
}
