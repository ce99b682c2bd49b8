using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cax.Core.Mapping.Profiles;

namespace Cax.Storage;

/// <summary>The profiles of an owner in a blob container, wherever in it their names end in <c>.profile.json</c>. A container that is not there has none.</summary>
/// <remarks>It remembers what it read, and reads again only what was written since. Used by one flow of work at a time.</remarks>
/// <param name="container">The container; it need not exist.</param>
public sealed class BlobProfiles(BlobContainerClient container)
{
    private SortedDictionary<string, Known>? _known;

    /// <summary>As messages name it.</summary>
    public string Name => container.Describe();

    /// <summary>
    /// The documents in the order of their names, one more than can be used when there are too many; null when nothing was changed since they were read last.
    /// </summary>
    /// <exception cref="IOException">The store cannot be reached, or does not permit it. What was read before is remembered.</exception>
    public async Task<IReadOnlyList<ProfileDocument>?> ReadAsync(CancellationToken cancellation)
    {
        var listed = await ListAsync(cancellation);
        if (_known is not null && listed.Count == _known.Count && listed.All(blob => _known.TryGetValue(blob.Key, out var known) && known.Version == blob.Value))
        {
            return null;
        }

        var read = new SortedDictionary<string, Known>(StringComparer.Ordinal);
        foreach (var (name, version) in listed)
        {
            var known = _known?.GetValueOrDefault(name);
            if (known?.Version != version)
            {
                known = await ReadAsync(name, cancellation);
            }

            if (known is not null)
            {
                read[name] = known;
            }
        }

        _known = read;
        return [.. read.Values.Select(known => known.Document)];
    }

    private Task<SortedDictionary<string, ETag>> ListAsync(CancellationToken cancellation) => StorageFault.GuardAsync(
        Name,
        async () =>
        {
            var listed = new SortedDictionary<string, ETag>(StringComparer.Ordinal);
            try
            {
                await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
                {
                    if (blob.Name.EndsWith(ProfileDocument.Ending, StringComparison.OrdinalIgnoreCase) && blob.Properties.ETag is { } version)
                    {
                        listed[blob.Name] = version;
                    }

                    if (listed.Count > ProfileCatalog.MostDocuments)
                    {
                        break;
                    }
                }
            }
            catch (RequestFailedException e) when (StorageFault.IsMissing(e))
            {
                // Nobody has a profile of their own.
            }

            return listed;
        },
        cancellation);

    /// <summary>Null when it was deleted since it was listed.</summary>
    private Task<Known?> ReadAsync(string name, CancellationToken cancellation) => StorageFault.GuardAsync<Known?>(
        Name,
        async () =>
        {
            try
            {
                var range = new BlobDownloadOptions { Range = new HttpRange(0, ProfileDocument.MostBytes + 1) };
                var content = (await container.GetBlobClient(name).DownloadContentAsync(range, cancellation)).Value;
                return new Known(content.Details.ETag, new ProfileDocument($"{container.Name}/{name}", content.Content.ToMemory()));
            }
            catch (RequestFailedException e) when (StorageFault.IsMissing(e))
            {
                return null;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidRange)
            {
                // Of an empty blob there is no range.
                return new Known(default, new ProfileDocument($"{container.Name}/{name}", default));
            }
        },
        cancellation);

    private sealed record Known(ETag Version, ProfileDocument Document);
}
