using Cax.Core.Events;

namespace Cax.Core.Mapping;

/// <summary>
/// What became of a record in mapping: events, or a reason to park it, or the name of the rule that skips it, or the records it turned out to hold.
/// </summary>
public sealed record MapResult
{
    private MapResult()
    {
    }

    /// <summary>The events; empty when the record was parked or skipped.</summary>
    public IReadOnlyList<CaxEvent> Events { get; private init; } = [];

    /// <summary>The records it holds, each to be mapped on its own; empty for a record that stands for itself.</summary>
    public IReadOnlyList<RecordPart> Parts { get; private init; } = [];

    /// <summary>Why the record is parked, as a reason code; null when it is not.</summary>
    public string? ParkedBecause { get; private init; }

    /// <summary>The rule that skips the record; null when it is not skipped.</summary>
    public string? SkippedBy { get; private init; }

    /// <summary>What is wrong and what to do, for a parked record.</summary>
    public string? Detail { get; private init; }

    /// <summary>What was noticed on the way; warnings where events were made.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>The profile that mapped it and the rule that chose this profile; null when none had a part in it.</summary>
    public ProfileChoice? Profile { get; init; }

    public static MapResult Mapped(CaxEvent @event, IReadOnlyList<Finding> findings) => new() { Events = [@event], Findings = findings };

    public static MapResult Mapped(IReadOnlyList<CaxEvent> events, IReadOnlyList<Finding> findings) => new() { Events = events, Findings = findings };

    public static MapResult Parked(string reason, string detail, IReadOnlyList<Finding> findings) =>
        new() { ParkedBecause = reason, Detail = detail, Findings = findings };

    public static MapResult Skipped(string rule) => new() { SkippedBy = rule };

    public static MapResult Holding(IReadOnlyList<RecordPart> parts) => new() { Parts = parts };
}

/// <summary>One of several records that a message holds, in a message of its own: the wrapper with this record alone in it.</summary>
/// <param name="Utf8">The message of this record alone, as JSON.</param>
/// <param name="Offset">Where the record begins in the message that held it. In bytes, from 0.</param>
/// <param name="Length">Its length there. In bytes.</param>
public readonly record struct RecordPart(ReadOnlyMemory<byte> Utf8, int Offset, int Length);
