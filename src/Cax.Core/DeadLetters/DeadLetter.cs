using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>One parked event or record: why, where it came from, and everything that is needed to send it after all.</summary>
/// <remarks>It holds source data, because that is its purpose: stores of dead letters are private and have a retention rule.</remarks>
public sealed record DeadLetter
{
    /// <summary>The version of the document's shape.</summary>
    public const int CurrentVersion = 1;

    /// <summary>
    /// The letter's name within its store: <c>site/reason/yyyy/MM/dd/delivery-record</c>, where the last two are hashes. It is made of what the source
    /// knows and of the content, never of the clock, so that parking twice leaves one letter. It holds no business id.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>A reason code.</summary>
    public required string Reason { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Detail { get; init; }

    /// <summary>Everything that was found wrong, with JSON paths.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The status of the answer that decided; null when none did.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How often the event was posted.</summary>
    public int Attempts { get; init; }

    /// <summary>Where the record came from.</summary>
    public required DeadLetterOrigin Origin { get; init; }

    /// <summary>The name of the destination in the settings.</summary>
    public required string Destination { get; init; }

    /// <summary>The profile that mapped the record, or that its source chose for it; null when there was none.</summary>
    public ProfileChoice? Profile { get; init; }

    /// <summary>The properties of the message, needed to map the record again; empty for files.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = MessageProperties.None;

    /// <summary>The <c>event_name</c>; null when there was no event.</summary>
    public string? EventName { get; init; }

    /// <summary>The <c>context.event_id</c>; null when there was no event.</summary>
    public string? EventId { get; init; }

    /// <summary>The size of the event, else of the record, in bytes.</summary>
    public long Size { get; init; }

    /// <summary>When it was first tried, else parked.</summary>
    public DateTimeOffset FirstAt { get; init; }

    /// <summary>When it was parked.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>The mapped event, exactly as it was or would be sent; empty when there was none.</summary>
    public ReadOnlyMemory<byte> Event { get; init; }

    /// <summary>The record, exactly as its source wrote it; only its beginning when <see cref="OriginalSha256"/> is set.</summary>
    public ReadOnlyMemory<byte> Original { get; init; }

    /// <summary>Set for a record that was too large to be kept: the hash of all its bytes.</summary>
    public string? OriginalSha256 { get; init; }

    /// <summary>Its earlier times in a store, oldest first, when it was replayed and parked again.</summary>
    public IReadOnlyList<EarlierParking> History { get; init; } = [];

    /// <summary>The name that all letters of its delivery share that were parked for the same reason: a store may keep them as one document.</summary>
    public string Document => DocumentOf(Name);

    /// <summary>The document of the letter of this name.</summary>
    public static string DocumentOf(string name) => name.LastIndexOf('-') is var dash && dash > name.LastIndexOf('/') ? name[..dash] : name;

    /// <summary>
    /// What is known about how the record is to be mapped again: as its source wanted it. A profile that was recognised by the shape of the record is
    /// recognised anew.
    /// </summary>
    public MappingHints Hints => new(Profile is { By: not ProfileRule.Shape } ? Profile : null, Properties);

    /// <summary>Whether a replay sends the mapped event again, rather than mapping the record again: the endpoint was the reason, not the content.</summary>
    public bool ReplaysEvent => Event.Length > 0 && Reason is ReasonCodes.Refused or ReasonCodes.RefusedUnconfirmed
        or ReasonCodes.EndpointUnavailable or ReasonCodes.EndpointMisconfigured or ReasonCodes.EndpointRefusesAll;
}

/// <summary>A letter was in a store before: when it was parked there, and why.</summary>
public sealed record EarlierParking(DateTimeOffset At, string Reason, string Detail);

/// <summary>Where a parked record came from.</summary>
/// <param name="Source">The name of the source system.</param>
/// <param name="Delivery">The file or message, in its source's own words.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">In bytes, from 1.</param>
/// <param name="Offset">In bytes, from 0.</param>
/// <param name="Length">In bytes.</param>
/// <param name="ReceivedAt">When the source got it.</param>
public sealed record DeadLetterOrigin(
    string Source, string Delivery, long Line, long Column, long Offset, long Length, DateTimeOffset ReceivedAt)
{
    /// <summary>Another place in the same delivery.</summary>
    public DeadLetterOrigin At(RecordPosition place) =>
        this with { Line = place.Line, Column = place.Column, Offset = place.Offset, Length = place.Length };
}
