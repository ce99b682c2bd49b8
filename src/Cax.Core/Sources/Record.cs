using Cax.Core.DeadLetters;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources.Csv;

namespace Cax.Core.Sources;

/// <summary>One order, lead or account as its source wrote it, or a piece of input that could not be read as one.</summary>
public sealed record Record
{
    /// <summary>Where it stands in its delivery.</summary>
    public required RecordPosition Position { get; init; }

    /// <summary>The bytes of one JSON value; of whatever stood there when <see cref="Fault"/> is set; empty when there is a <see cref="Reference"/>.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; init; }

    /// <summary>Why it cannot be mapped; null when it can.</summary>
    public RecordFault? Fault { get; init; }

    /// <summary>What is kept of a record that is too large to be held.</summary>
    public RecordReference? Reference { get; init; }

    /// <summary>The dead letter it was; null for a record that comes for the first time.</summary>
    public DeadLetter? ReplayOf { get; init; }

    /// <summary>An event that was mapped in an earlier run and is sent again as it is; null when the record is to be mapped.</summary>
    public CaxEvent? Event { get; init; }

    /// <summary>The profile that the header of its file chose; null when its delivery or its shape says which.</summary>
    public ProfileChoice? Profile { get; init; }

    /// <summary>The rows of the file that it was made of; null when it was none.</summary>
    public SourceRows? Rows { get; init; }

    /// <summary>The records that this one turned out to hold, each at its own place in the delivery.</summary>
    /// <param name="parts">What mapping found in it, in whatever order. One may hold several in its turn.</param>
    /// <exception cref="InvalidOperationException">A part is no shorter than what holds it, so this would never end: a bug of the connector.</exception>
    public IEnumerable<Record> Split(IReadOnlyList<RecordPart> parts)
    {
        var place = Position;
        var passed = 0;
        foreach (var part in parts)
        {
            if (part.Utf8.Length >= Utf8.Length)
            {
                throw new InvalidOperationException("A record was found in a message that is no longer than itself: this is a bug of the connector.");
            }

            if (part.Offset < passed)
            {
                (place, passed) = (Position, 0);
            }

            // Parts come in their order: a message of thousands is passed over once.
            place = place.After(Utf8.Span[passed..part.Offset]);
            passed = part.Offset;
            yield return Part(part, place with { Length = part.Length });
        }
    }

    private Record Part(RecordPart part, RecordPosition place) => new()
    {
        Position = place,
        Utf8 = part.Utf8,
        ReplayOf = ReplayOf is { } letter ? letter with { Origin = letter.Origin.At(place) } : null,
    };
}

/// <summary>Where a record stands: line and column count from 1, the offset from 0; columns, offset and length are in bytes.</summary>
public readonly record struct RecordPosition(long Line, long Column, long Offset, long Length)
{
    /// <summary>The place that comes after these bytes.</summary>
    public RecordPosition After(ReadOnlySpan<byte> passed) => passed.LastIndexOf((byte)'\n') is >= 0 and var end
        ? this with { Line = Line + passed.Count((byte)'\n'), Column = passed.Length - end, Offset = Offset + passed.Length }
        : this with { Column = Column + passed.Length, Offset = Offset + passed.Length };
}

/// <summary>What is wrong with a piece of input, and exactly where.</summary>
/// <param name="Reason">A reason code.</param>
/// <param name="Detail">What is wrong and what to do.</param>
/// <param name="At">The first byte that is wrong.</param>
public sealed record RecordFault(string Reason, string Detail, RecordPosition At)
{
    /// <summary>The detail with its place, for a person who opens the input in an editor.</summary>
    public string Located => FormattableString.Invariant($"line {At.Line}, column {At.Column} (byte {At.Offset}): {Detail}");
}

/// <summary>Finds a record again that was too large to be held: by its position, length and hash.</summary>
/// <param name="Sha256">Of all its bytes, lower-case hexadecimal.</param>
/// <param name="Head">Its first 4,096 bytes.</param>
public sealed record RecordReference(string Sha256, ReadOnlyMemory<byte> Head);
