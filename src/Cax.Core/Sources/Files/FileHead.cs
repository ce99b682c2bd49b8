namespace Cax.Core.Sources.Files;

/// <summary>The beginning of a file, read as far as it is needed to tell what the file is.</summary>
internal sealed class FileHead(Stream input)
{
    private const int First = 4 * 1_024;

    private byte[] _bytes = new byte[First];
    private int _count;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _count);

    /// <summary>Whether the file has no more.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>The file from its beginning on, as if nothing had been read.</summary>
    public Stream Whole => new PrefixedStream(Bytes, input);

    /// <summary>Reads what there is, and no less than this in all, unless the file ends before.</summary>
    public async ValueTask ReadAsync(int least, CancellationToken cancellation)
    {
        if (_bytes.Length < 2 * least)
        {
            Array.Resize(ref _bytes, 2 * least);
        }

        do
        {
            var count = await input.ReadAsync(_bytes.AsMemory(_count), cancellation);
            _count += count;
            IsEnd = count == 0;
        }
        while (!IsEnd && _count < least);
    }
}
