using System.Buffers;
using System.Runtime.CompilerServices;

namespace Cax.Core.Sources;

/// <summary>
/// Reads records out of a sequence of JSON values of any size, in constant memory. A top-level array and <c>{"batch":[…]}</c> are unwrapped.
/// </summary>
/// <remarks>
/// If the first line that is not empty is one complete JSON value, the input is NDJSON and a broken line costs that line. Otherwise the input
/// is one document, and a syntax error costs the rest of it.
/// </remarks>
public sealed class JsonRecordReader(SourceOptions options, JsonLayout layout = JsonLayout.Undecided)
{
    private const int BufferBytes = 64 * 1_024;

    /// <summary>Reads until the end of <paramref name="input"/>, which stays open.</summary>
    public IAsyncEnumerable<Record> ReadAsync(Stream input, CancellationToken cancellation = default) =>
        ReadAsync(input, static () => null, cancellation);

    /// <summary>As the other.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="damage">Asked at its end: why it ended too early; null when it did not.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal async IAsyncEnumerable<Record> ReadAsync(Stream input, Func<string?> damage, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var framer = new JsonRecordFramer(options.MaxRecordBytes, layout);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // A byte order mark is recognised in the first piece, which therefore holds all of it.
            var count = await input.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), 3, throwOnEndOfStream: false, cancellation);
            for (; count > 0; count = await input.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellation))
            {
                framer.Take(buffer.AsSpan(0, count));
                while (framer.Ready.TryDequeue(out var record))
                {
                    yield return record;
                }
            }

            framer.Finish(damage());
            while (framer.Ready.TryDequeue(out var record))
            {
                yield return record;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
