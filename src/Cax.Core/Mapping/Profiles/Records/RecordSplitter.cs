using Cax.Core.Mapping.Profiles.Paths;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Records;

/// <summary>
/// Gives each of several records a message of its own: the one that held them all, with this record alone in its lists. So what stands around the
/// records is there for each, and a record that is parked can be mapped again by itself.
/// </summary>
internal static class RecordSplitter
{
    /// <summary>What is around the records is copied for each. A message that grows beyond this is not taken apart. In bytes.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    public static FoundRecord Split(Evaluation at, SourcePath path, int mark, ReadOnlyMemory<byte> message)
    {
        var parts = new List<RecordPart>(at.Values.Count - mark);
        IReadOnlyList<(int List, int Element)> lists = [];
        long size = 0;
        for (var i = mark; i < at.Values.Count; i++)
        {
            if (at.Values.At(i).IsGap)
            {
                continue;
            }

            lists = path.ListsAround(at, at.Values.At(i).Node, lists);
            parts.Add(Part(at.Tape, lists, at.Values.At(i).Node, message));
            size += parts[^1].Utf8.Length;
            if (size > MostBytes)
            {
                return FoundRecord.Not(MapResult.Parked(
                    ReasonCodes.TooCostly, "The message holds many records and much around them. Send the records in several messages, or what is around them apart.", []));
            }
        }

        return parts.Count == 0 ? FoundRecord.Not(MapResult.Skipped(RecordFinder.NoRecords)) : FoundRecord.Several(parts);
    }

    private static RecordPart Part(JsonTape tape, IReadOnlyList<(int List, int Element)> lists, int record, ReadOnlyMemory<byte> message)
    {
        var before = new List<ReadOnlyMemory<byte>>(lists.Count + 1);
        var after = new List<ReadOnlyMemory<byte>>(lists.Count);
        var outer = (Start: 0, End: message.Length);
        foreach (var (list, element) in lists)
        {
            var end = tape.Start(list) + tape.Raw(list).Length;
            before.Add(message[outer.Start..(tape.Start(list) + 1)]);
            after.Insert(0, message[(end - 1)..outer.End]);
            outer = (tape.Start(element), tape.Start(element) + tape.Raw(element).Length);
        }

        before.Add(message[outer.Start..outer.End]);
        var utf8 = new byte[before.Sum(piece => piece.Length) + after.Sum(piece => piece.Length)];
        var written = 0;
        foreach (var piece in before.Concat(after))
        {
            piece.Span.CopyTo(utf8.AsSpan(written));
            written += piece.Length;
        }

        return new RecordPart(utf8, tape.Start(record), tape.Raw(record).Length);
    }
}
