using Cax.Core.Events;

namespace Cax.Core.Mapping;

/// <summary>Makes events out of one record. Bad input is a result, never an exception.</summary>
public interface IRecordMapper
{
    /// <param name="utf8">One JSON value, as the source wrote it.</param>
    /// <param name="origin">Where it came from.</param>
    MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin);
}

/// <summary>What a record does not say about itself.</summary>
/// <param name="Source">The name of the source system, used for derived ids when the record names none.</param>
/// <param name="ReceivedAt">When the source got the record: the same at every redelivery.</param>
public sealed record RecordOrigin(string Source, DateTimeOffset ReceivedAt);

/// <summary>What became of a record in mapping: events, or a reason to park it, or the name of the rule that skips it.</summary>
public sealed record MapResult
{
    private MapResult()
    {
    }

    /// <summary>The events; empty when the record was parked or skipped.</summary>
    public IReadOnlyList<CaxEvent> Events { get; private init; } = [];

    /// <summary>Why the record is parked, as a reason code; null when it is not.</summary>
    public string? ParkedBecause { get; private init; }

    /// <summary>The rule that skips the record; null when it is not skipped.</summary>
    public string? SkippedBy { get; private init; }

    /// <summary>What is wrong and what to do, for a parked record.</summary>
    public string? Detail { get; private init; }

    /// <summary>What was noticed on the way; warnings where events were made.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    public static MapResult Mapped(CaxEvent @event, IReadOnlyList<Finding> findings) => new() { Events = [@event], Findings = findings };

    public static MapResult Mapped(IReadOnlyList<CaxEvent> events, IReadOnlyList<Finding> findings) => new() { Events = events, Findings = findings };

    public static MapResult Parked(string reason, string detail, IReadOnlyList<Finding> findings) =>
        new() { ParkedBecause = reason, Detail = detail, Findings = findings };

    public static MapResult Skipped(string rule) => new() { SkippedBy = rule };
}
