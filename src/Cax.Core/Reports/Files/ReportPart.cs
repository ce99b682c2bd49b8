using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cax.Core.Reports.Files;

/// <summary>The document of a block: what became of its records.</summary>
internal sealed class ReportPart
{
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required int Version { get; init; }

    public OutcomeCounts Records { get; init; } = new();

    public OutcomeCounts Events { get; init; } = new();

    /// <summary>Records that were parked, by reason code.</summary>
    public SortedDictionary<string, long> Rejected { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Records that were skipped, by rule.</summary>
    public SortedDictionary<string, long> Skipped { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Records that were left for another run, by reason code.</summary>
    public SortedDictionary<string, long> Returned { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Records that a profile had a part in, by its name.</summary>
    public SortedDictionary<string, long> Profiles { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Records none of whose events names an amount that can be added up.</summary>
    public OutcomeCounts WithoutAmount { get; init; } = new();

    /// <summary>Parked records that the repair file cannot hold.</summary>
    public long NotInRepair { get; set; }

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyList<MoneyRow> Money { get; set; } = [];

    /// <summary>In the order in which they appear in the file.</summary>
    public IReadOnlyList<ErrorKind> Kinds { get; set; } = [];

    /// <summary>The records of an outcome by why they had it; null for those that were sent.</summary>
    public SortedDictionary<string, long>? Reasons(OutcomeKind kind) => kind switch
    {
        OutcomeKind.DeadLettered => Rejected,
        OutcomeKind.Skipped => Skipped,
        OutcomeKind.Returned => Returned,
        _ => null,
    };

    /// <exception cref="FormatException">It is no such part.</exception>
    public static ReportPart Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<ReportPart>(utf8, Strict) is { Version: CurrentVersion } part
                ? part
                : throw new FormatException("The part of a report is of a version that this one does not know.");
        }
        catch (JsonException e)
        {
            throw new FormatException("The document holds no part of a report.", e);
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Strict);
}
