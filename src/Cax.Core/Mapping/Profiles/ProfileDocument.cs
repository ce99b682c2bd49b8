namespace Cax.Core.Mapping.Profiles;

/// <summary>A profile as it was written.</summary>
/// <param name="Place">Where it is: a file, a blob, the connector itself.</param>
/// <param name="Utf8">JSON as UTF-8. Of one that is too large, as many bytes as show that.</param>
public sealed record ProfileDocument(string Place, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>How the names of files and blobs end that hold a profile.</summary>
    public const string Ending = ".profile.json";

    /// <summary>The largest document that is a profile. In bytes.</summary>
    public const int MostBytes = 256 * 1_024;
}
