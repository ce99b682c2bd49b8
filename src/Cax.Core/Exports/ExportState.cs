using System.Text.Json;
using System.Text.Json.Serialization;
using Cax.Core.Reports.Files;

namespace Cax.Core.Exports;

/// <summary>How far one version of a file has come, as it outlives the process.</summary>
public sealed record ExportState
{
    /// <summary>As <see cref="ExportFile.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>As a person calls the file.</summary>
    public required string Name { get; init; }

    /// <summary>As <see cref="ExportFile.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary>What tells this version of the file from others.</summary>
    public required string Identity { get; init; }

    public required string Destination { get; init; }

    public ExportStatus Status { get; init; } = ExportStatus.Running;

    /// <summary>Who works on it.</summary>
    public string? Owner { get; init; }

    /// <summary>Tells one time that it was taken from another by the same owner.</summary>
    public Guid Taking { get; init; }

    /// <summary>Until when nobody else does.</summary>
    public DateTimeOffset LeaseUntil { get; init; }

    /// <summary>In bytes.</summary>
    public long Length { get; init; }

    /// <summary>Of all its bytes; null until they were read once.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The version of the profile that its checkpoint rests on.</summary>
    public string? Mapping { get; init; }

    /// <summary>How many records a block has; the same in all runs over the file.</summary>
    public int BlockRecords { get; init; }

    /// <summary>Where a next run goes on.</summary>
    public Checkpoint Checkpoint { get; init; } = Checkpoint.Start;

    /// <summary>Whether it was done before and is sent once more: then nothing that was parked of it counts any more.</summary>
    public bool IsAgain { get; init; }

    /// <summary>What was recognised about the file; null until it was opened.</summary>
    public LayoutNote? Layout { get; init; }

    /// <summary>Whether it is sent even though it was sent before.</summary>
    public bool IsForced { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was done, or began to wait.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How long runs have worked on it.</summary>
    public TimeSpan Worked { get; init; }

    public int Runs { get; init; }

    public long Requests { get; init; }

    public long Batches { get; init; }

    public long BytesSent { get; init; }

    /// <summary>What came of it; null until it is done.</summary>
    public FileVerdict? Verdict { get; init; }

    /// <summary>Why it waits, or the verdict in a sentence.</summary>
    public string? Why { get; init; }

    /// <summary>The folder of its report within the store.</summary>
    public required string Report { get; init; }

    /// <summary>The repairs of this file that were sent since.</summary>
    public IReadOnlyList<RelatedReport> RepairedBy { get; init; } = [];

    /// <summary>Whether somebody works on it at this time.</summary>
    public bool IsLeased(DateTimeOffset now) => Status == ExportStatus.Running && LeaseUntil > now;

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ExportJson.Default.ExportState);

    /// <param name="utf8">As it was written.</param>
    /// <param name="place">Where it was read, for whoever has to see to it.</param>
    /// <exception cref="IOException">It is none of ours, or damaged.</exception>
    internal static ExportState Read(ReadOnlySpan<byte> utf8, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, ExportJson.Default.ExportState) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new DamagedStateException($"{place}: this state of an export file is damaged. Delete it: the file is then sent from its beginning.", e);
        }
    }
}

/// <summary>What is being done about a file.</summary>
public enum ExportStatus
{
    /// <summary>A run works on it, or one did that died.</summary>
    Running,

    /// <summary>It could not be finished for now; another run goes on.</summary>
    Waiting,

    /// <summary>Nothing is left to do.</summary>
    Done,
}

/// <summary>Everything before this place has its outcome, and that is written down.</summary>
/// <param name="Block">How many blocks.</param>
/// <param name="Records">How many records.</param>
/// <param name="Offset">Where the last of them begins. In bytes of decoded, unpacked text, from 0.</param>
/// <param name="Line">The line of the last of them, from 1.</param>
public sealed record Checkpoint(int Block, long Records, long Offset, long Line)
{
    public static readonly Checkpoint Start = new(0, 0, 0, 0);
}

/// <summary>The bytes of a file that was done.</summary>
internal sealed record KnownContent(string Key, string Name, string Report, string? Mapping, DateTimeOffset At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportState))]
[JsonSerializable(typeof(KnownContent))]
internal sealed partial class ExportJson : JsonSerializerContext;
