namespace Cax.Core.Mapping.Profiles;

/// <summary>A profile as it was written.</summary>
/// <param name="Place">Where it is: a file, a blob, the connector itself.</param>
/// <param name="Utf8">JSON as UTF-8.</param>
public sealed record ProfileDocument(string Place, ReadOnlyMemory<byte> Utf8);
