using System.Buffers.Text;
using System.Text.Json;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Records;

/// <summary>Finds the record in its message: at the first of the places that the profile names where there is one.</summary>
internal static class RecordFinder
{
    /// <summary>The rule that skips a message whose list of records is empty.</summary>
    public const string NoRecords = "no_records";

    public static FoundRecord Find(Evaluation at, Profile profile, ReadOnlyMemory<byte> message)
    {
        foreach (var place in profile.Records)
        {
            if (Find(at, place, message) is { } found)
            {
                return found;
            }
        }

        var places = string.Join(", ", profile.Records.Select(place => place.Path.Text));
        return FoundRecord.Not(MapResult.Parked(
            ReasonCodes.InvalidMessage, $"The profile {profile.Name} finds no record in the message: it looked at {places}.", []));
    }

    /// <summary>
    /// Whether a message holds a record of the profile's shape. Of several one is enough, for one that is broken may stand anywhere among them. What is
    /// wrapped in a text is not looked at.
    /// </summary>
    public static bool Recognises(Evaluation at, Profile profile)
    {
        foreach (var place in profile.Records)
        {
            at.Record = 0;
            if (place.Encoding != RecordEncoding.Plain || place.When?.Holds(at) == false)
            {
                continue;
            }

            var mark = at.Values.Count;
            place.Path.Gather(at);
            var (isPlace, isKnown) = (false, false);
            for (var i = mark; i < at.Values.Count && !isKnown && at.MayGoOn; i++)
            {
                if (at.Values.At(i) is { IsGap: false, Node: var node } && IsRecord(at.Tape, node))
                {
                    isPlace = true;
                    at.Record = node;
                    isKnown = profile.Recognise!.Holds(at);
                }
            }

            at.Values.PopTo(mark);
            if (isPlace)
            {
                return isKnown;
            }
        }

        return false;
    }

    private static FoundRecord? Find(Evaluation at, RecordPlace place, ReadOnlyMemory<byte> message)
    {
        if (place.When?.Holds(at) == false)
        {
            return null;
        }

        if (place.Encoding != RecordEncoding.Plain)
        {
            return place.Path.Find(at) is var text and >= 0 && at.TryText(Value.Of(text), out var wrapped) ? Unwrap(wrapped, place, at.Tape.Start(text)) : null;
        }

        if (!place.Path.IsList)
        {
            return place.Path.Find(at) is var node and >= 0 && IsRecord(at.Tape, node) ? FoundRecord.At(node) : null;
        }

        var mark = at.Values.Count;
        place.Path.Gather(at);
        var found = OfList(at, place, mark, message);
        at.Values.PopTo(mark);
        return found;
    }

    private static FoundRecord? OfList(Evaluation at, RecordPlace place, int mark, ReadOnlyMemory<byte> message)
    {
        switch (at.Values.Count - mark)
        {
            case 0:
                return place.Path.FindList(at) is var list and >= 0 && at.Tape.Kind(list) == JsonValueKind.Array
                    ? FoundRecord.Not(MapResult.Skipped(NoRecords))
                    : null;
            case 1 when at.Values.At(mark) is { IsGap: false } one:
                return IsRecord(at.Tape, one.Node) ? FoundRecord.At(one.Node) : NoRecord(at, place);
            default:
                return RecordSplitter.Split(at, place.Path, mark, message);
        }
    }

    /// <summary>A text or number stands where a record should. Outside of a list that is no place of records, and the next one is looked at.</summary>
    private static FoundRecord? NoRecord(Evaluation at, RecordPlace place) =>
        place.Path.FindList(at) is var list and >= 0 && at.Tape.Kind(list) == JsonValueKind.Array
            ? FoundRecord.Not(MapResult.Parked(ReasonCodes.InvalidMessage, $"What stands at {place.Path.Text} is no record: it is neither an object nor a list.", []))
            : null;

    private static bool IsRecord(JsonTape tape, int node) => tape.Kind(node) is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>What a text holds is a message of its own; as it is shorter than the one around it, this comes to an end.</summary>
    private static FoundRecord Unwrap(ReadOnlyMemory<byte> text, RecordPlace place, int offset)
    {
        var inner = text.ToArray();
        if (place.Encoding == RecordEncoding.Base64)
        {
            if (Base64.DecodeFromUtf8InPlace(inner, out var length) != System.Buffers.OperationStatus.Done)
            {
                return FoundRecord.Not(MapResult.Parked(ReasonCodes.InvalidMessage, $"The text at {place.Path.Text} is not base64.", []));
            }

            inner = inner[..length];
        }

        return FoundRecord.Several([new RecordPart(inner, offset, text.Length)]);
    }
}
