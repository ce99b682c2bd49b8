using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.Exports;
using Cax.Core.Sources;

namespace Cax.Storage;

/// <summary>One version of a blob as an input. It is read in ranges; a blob that is overwritten meanwhile breaks off with an <see cref="IOException"/>.</summary>
public sealed class BlobFile
{
    /// <summary>The name of the metadata that asks for what was done before.</summary>
    public const string ForceMetadata = "cax_force";

    private readonly BlobBaseClient _blob;
    private readonly BlobProperties _properties;

    private BlobFile(BlobBaseClient blob, BlobProperties properties)
    {
        _blob = blob;
        _properties = properties;
    }

    /// <summary><c>container/name</c>.</summary>
    public string Name => $"{_blob.BlobContainerName}/{_blob.Name}";

    /// <summary>The name within the container.</summary>
    public string Path => _blob.Name;

    /// <summary>
    /// Host, account, container, name and version. A blob that is written again is another input, even under the same name; one that is offered again
    /// as it was is the same.
    /// </summary>
    public string Identity => $"{_blob.Uri.GetLeftPart(UriPartial.Path)} {_properties.ETag}";

    /// <summary>A hash of the identity, eight hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity)).AsSpan(0, 4));

    /// <summary>When this version was written: it changes with the version and only with it.</summary>
    public DateTimeOffset ReceivedAt => _properties.LastModified;

    /// <summary>In bytes.</summary>
    public long Length => _properties.ContentLength;

    /// <summary>Whether its metadata asks, with <see cref="ForceMetadata"/> and the value <c>true</c>, for what was done before.</summary>
    public bool IsForced => _properties.Metadata.Any(
        entry => entry.Key.Equals(ForceMetadata, StringComparison.OrdinalIgnoreCase) && bool.TryParse(entry.Value, out var force) && force);

    internal ETag Version => _properties.ETag;

    /// <summary>Looks at a blob. Null when it is not there.</summary>
    /// <exception cref="IOException">The store cannot be reached, or does not permit it.</exception>
    public static async Task<BlobFile?> FindAsync(BlobBaseClient blob, CancellationToken cancellation) =>
        await StorageFault.GuardAsync(
            $"{blob.BlobContainerName}/{blob.Name}",
            async () =>
            {
                try
                {
                    return new BlobFile(blob, (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value);
                }
                catch (RequestFailedException e) when (StorageFault.IsMissing(e))
                {
                    return null;
                }
            },
            cancellation);

    /// <summary>As something to read, opened when it is read.</summary>
    public StreamSource Source => new(Name, Identity, ReceivedAt, _ => new(Open()));

    /// <summary>As an export file.</summary>
    /// <param name="destination">The name of the destination.</param>
    /// <param name="hints">What is known about how its records are to be mapped.</param>
    public ExportFile Export(string destination, MappingHints hints) => new(Source, Path, Length, destination)
    {
        Hints = hints,
        IsForced = IsForced,
        IsUnchanged = async cancellation => await FindAsync(_blob, cancellation) is { } now && now.Version == Version,
    };

    /// <summary>Whether an identity is that of a blob in a container, of whatever version, and under whatever name the account is reached.</summary>
    public static bool IsOf(BlobContainerClient container, string identity)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(identity);
        return Uri.TryCreate(identity.Split(' ')[0], UriKind.Absolute, out var blob)
            && blob.Scheme == container.Uri.Scheme
            && blob.AbsolutePath.StartsWith(container.Uri.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    /// <summary>An export file that was offered, and is not there any more.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="destination">The name of the destination.</param>
    /// <param name="offeredAt">When it was offered: nobody knows when it was written.</param>
    public static ExportFile Missing(BlobBaseClient blob, string destination, DateTimeOffset offeredAt)
    {
        ArgumentNullException.ThrowIfNull(blob);
        var name = $"{blob.BlobContainerName}/{blob.Name}";
        var source = new StreamSource(
            name, blob.Uri.GetLeftPart(UriPartial.Path), offeredAt, _ => throw new FileNotFoundException($"{name}: is not there"));
        return new ExportFile(source, blob.Name, 0, destination);
    }

    internal Stream Open() => new BlobRangeStream(_blob, _properties.ETag);
}
