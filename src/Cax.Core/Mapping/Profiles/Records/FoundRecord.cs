using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Records;

/// <summary>What a message holds for a profile: a record at a node of the tape, or several records, or something else with a reason.</summary>
internal readonly record struct FoundRecord(int Node, IReadOnlyList<RecordPart>? Parts, MapResult? Instead)
{
    public static FoundRecord At(int node) => new(node, null, null);

    public static FoundRecord Several(IReadOnlyList<RecordPart> parts) => new(JsonTape.Nothing, parts, null);

    public static FoundRecord Not(MapResult instead) => new(JsonTape.Nothing, null, instead);
}
