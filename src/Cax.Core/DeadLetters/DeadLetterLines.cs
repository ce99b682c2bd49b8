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
        var head = await input.ReadAtLeastAsync(DeadLetterJson.LineStart.Length, cancellation);
        var bytes = new byte[Math.Min(head.Buffer.Length, DeadLetterJson.LineStart.Length)];
        System.Buffers.BuffersExtensions.CopyTo(head.Buffer.Slice(0, bytes.Length), bytes);
        input.AdvanceTo(head.Buffer.Start);

        // A letter of ours begins like this, so that even damage in the first line costs only that line.
        var layout = DeadLetterJson.LineStart.SequenceEqual(bytes) ? JsonLayout.Lines : JsonLayout.Undecided;
        await foreach (var line in ReadAsync(input.AsStream(), layout, cancellation))
        {
            yield return line;
        }
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
            return new DeadLetterLine(record, DeadLetterJson.ReadLetter(record.Utf8));
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
