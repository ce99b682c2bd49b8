using Cax.Core.Settings;

namespace Cax.Core.Sources;

/// <summary>What is read, and under which name.</summary>
public sealed record SourceOptions
{
    /// <summary>1 MiB.</summary>
    public const int DefaultMaxRecordBytes = 1_048_576;

    /// <summary>A larger record is skipped over as it streams, and parked by reference. In bytes.</summary>
    public int MaxRecordBytes { get; init; } = DefaultMaxRecordBytes;

    /// <summary>The name of the source system for records that do not name theirs; a part of derived event ids. Default <c>default</c>.</summary>
    public string Name { get; init; } = "default";

    public static SourceOptions Read(SettingsReader settings) => new()
    {
        MaxRecordBytes = settings.Number("Cax__Sources__MaxRecordBytes", DefaultMaxRecordBytes, 1_024, 64 * DefaultMaxRecordBytes),
        Name = settings.Text("Cax__SourceName") ?? "default",
    };
}
