using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>Reads documents of many dead letters, one a line, in constant memory.</summary>
public static class DeadLetterLines
{
    // A record of the largest size that can be set (64 MiB), each of its bytes escaped as two, and its event.
    private static readonly SourceOptions Reading = new() { MaxRecordBytes = 160 * 1_024 * 1_024 };

    /// <summary>The lines of a document as the connector writes it.</summary>
    public static IAsyncEnumerable<DeadLetterLine> ReadAsync(Stream document, CancellationToken cancellation) =>
        ReadAsync(document, JsonLayout.Lines, cancellation);

    /// <summary>The lines of a document that a person may have edited: it may also be one letter, spread over several lines.</summary>
    public static async IAsyncEnumerable<DeadLetterLine> ReadEditedAsync(Stream document, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var input = PipeReader.Create(document, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            // A letter of ours begins like this, so that even damage in the first line costs only that line.
            var layout = await BeginsWithLetterAsync(input, cancellation) ? JsonLayout.Lines : JsonLayout.Undecided;
            await foreach (var line in ReadAsync(input.AsStream(leaveOpen: true), layout, cancellation))
            {
                yield return line;
            }
        }
        finally
        {
            await input.CompleteAsync();
        }
    }

    /// <summary>Looks at the first bytes and leaves them to be read.</summary>
    private static async ValueTask<bool> BeginsWithLetterAsync(PipeReader input, CancellationToken cancellation)
    {
        var head = (await input.ReadAtLeastAsync(DeadLetterJson.LineStart.Length, cancellation)).Buffer;
        var begins = head.Slice(0, Math.Min(head.Length, DeadLetterJson.LineStart.Length)).ToArray().AsSpan().SequenceEqual(DeadLetterJson.LineStart);
        input.AdvanceTo(head.Start);
        return begins;
    }

    private static async IAsyncEnumerable<DeadLetterLine> ReadAsync(
        Stream document, JsonLayout layout, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in new JsonRecordReader(Reading, layout).ReadAsync(document, cancellation))
        {
            yield return record.Fault is null ? Parse(record) : new DeadLetterLine(record, null);
        }
    }

    private static DeadLetterLine Parse(Record record)
    {
        try
        {
            return new DeadLetterLine(record, DeadLetterReader.ReadLetter(record.Utf8));
        }
        catch (FormatException e)
        {
            return new DeadLetterLine(record with { Fault = new RecordFault(ReasonCodes.MalformedJson, e.Message, record.Position) }, null);
        }
    }
}

/// <summary>A line of a document.</summary>
/// <param name="Record">Its bytes and its place, and what is wrong when it is no dead letter.</param>
/// <param name="Letter">The letter; null when the line is none.</param>
public sealed record DeadLetterLine(Record Record, DeadLetter? Letter);
