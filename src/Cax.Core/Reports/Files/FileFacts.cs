using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>What a report says about its file apart from the records.</summary>
internal sealed record FileFacts
{
    /// <summary>As a person calls it: a path or <c>container/name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What names this version of the file everywhere: in states, parts, repairs. Sixteen hexadecimal digits.</summary>
    public required string Key { get; init; }

    public required FileVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence, for the verdicts that need one; null for others.</summary>
    public string? Why { get; init; }

    /// <summary>In bytes, as it was read: packed.</summary>
    public long Bytes { get; init; }

    /// <summary>Of all its bytes, lower-case hexadecimal; null when it was not read to its end.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Null when the file was not opened.</summary>
    public FileLayout? Layout { get; init; }

    /// <summary>The first sixteen digits of the hash of the profile's document; null without a profile.</summary>
    public string? ProfileVersion { get; init; }

    public required string Destination { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    /// <summary>The time during which a run worked on it; less than from start to end when it had to wait.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>How many runs it took: more than one after an outage, a time limit or a crash.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>All tries.</summary>
    public long Requests { get; init; }

    /// <summary>Accepted requests.</summary>
    public long Batches { get; init; }

    /// <summary>Bytes of accepted request bodies.</summary>
    public long BytesSent { get; init; }

    /// <summary>Where the repair file lies; null without one.</summary>
    public string? RepairFile { get; init; }

    /// <summary>Where the dead letters lie; null when there are none.</summary>
    public string? DeadLetters { get; init; }

    /// <summary>The file that this one repairs: its name and where its report lies.</summary>
    public RelatedReport? RepairOf { get; init; }

    /// <summary>The repairs of this file that were sent since.</summary>
    public IReadOnlyList<RelatedReport> RepairedBy { get; init; } = [];

    /// <summary>The file with the same bytes that was sent before.</summary>
    public RelatedReport? SameAs { get; init; }
}

/// <summary>Another file and its report.</summary>
/// <param name="Name">The file.</param>
/// <param name="Report">Where its report lies, in the same store.</param>
/// <param name="At">When it was done.</param>
public sealed record RelatedReport(string Name, string Report, DateTimeOffset At);

/// <summary>What came of a file.</summary>
public enum FileVerdict
{
    /// <summary>Read to its end, everything sent or skipped.</summary>
    Sent,

    /// <summary>Read to its end; some of it is parked.</summary>
    SentWithRejections,

    /// <summary>It could not be read as records at all.</summary>
    Refused,

    /// <summary>There was nothing in it to send: a header without rows.</summary>
    Empty,

    /// <summary>The same bytes were sent before.</summary>
    Repeated,

    /// <summary>It was deleted or written anew before it was read to its end.</summary>
    Gone,

    /// <summary>Not done yet: it goes on by itself.</summary>
    Waiting,
}
