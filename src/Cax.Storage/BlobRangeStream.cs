using System.Net.Http.Headers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.Sources;

namespace Cax.Storage;

/// <summary>
/// Reads one version of a blob, in ranges: no connection stays open while the reader does something else, and a blob that is overwritten meanwhile
/// breaks off rather than mix two versions.
/// </summary>
/// <param name="blob">The blob.</param>
/// <param name="version">The version to read; null for the one that the first range finds.</param>
/// <param name="rangeBytes">How much is read at a time.</param>
internal sealed class BlobRangeStream(BlobBaseClient blob, ETag? version, int rangeBytes = BlobRangeStream.DefaultRangeBytes) : ForwardStream
{
    /// <summary>4 MiB.</summary>
    public const int DefaultRangeBytes = 4 * 1_024 * 1_024;

    private readonly string _name = $"{blob.BlobContainerName}/{blob.Name}";
    private byte[] _range = [];
    private int _at;
    private int _end;
    private long _position;
    private long? _length;

    /// <summary>Reads the first range.</summary>
    /// <returns>False when there is no such blob.</returns>
    public async ValueTask<bool> BeginAsync(CancellationToken cancellation)
    {
        try
        {
            await FetchAsync(cancellation);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == _end && _position != _length)
        {
            await FetchAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _end - _at);
        _range.AsSpan(_at, count).CopyTo(buffer.Span);
        _at += count;
        return count;
    }

    private async ValueTask FetchAsync(CancellationToken cancellation)
    {
        try
        {
            (_at, _end) = (0, await StorageFault.GuardAsync(_name, () => DownloadAsync(cancellation), cancellation));
            _position += _end;
        }
        catch (IOException e) when (e.InnerException is RequestFailedException { Status: 404 } && version is null)
        {
            throw new FileNotFoundException($"{_name}: is not there", e);
        }
        catch (IOException e) when (e.InnerException is RequestFailedException { Status: 404 or 412 })
        {
            throw new IOException($"{_name}: was changed or deleted while it was read; a new version is read from its beginning when it is offered", e);
        }
    }

    private async Task<int> DownloadAsync(CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(_position, rangeBytes),
            Conditions = version is null ? null : new BlobRequestConditions { IfMatch = version },
        };
        try
        {
            using var download = (await blob.DownloadStreamingAsync(options, cancellation)).Value;
            version ??= download.Details.ETag;
            _length ??= ContentRangeHeaderValue.TryParse(download.Details.ContentRange, out var range) && range.Length is { } length
                ? length
                : throw new InvalidDataException("The answer holds no range.");
            var count = (int)Math.Min(rangeBytes, _length.Value - _position);
            if (_range.Length < count)
            {
                _range = new byte[count];
            }

            await download.Content.ReadExactlyAsync(_range.AsMemory(0, count), cancellation);
            return count;
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            // An empty blob has no first byte.
            _length = _position;
            return 0;
        }
    }
}
