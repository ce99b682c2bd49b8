using System.Text.Json;
using Cax.Core.Mapping;

namespace Cax.Core.Tests.Support;

/// <summary>Takes <c>{"records":[…]}</c> apart, as a profile does; what stands alone in such a wrapper is mapped as the real mapper maps it.</summary>
public sealed class SplittingMapper : IRecordMapper
{
    private readonly RecordMapper _mapper = new(new MappingOptions());

    /// <summary>The origins of the records that were mapped, in order.</summary>
    public List<RecordOrigin> Origins { get; } = [];

    /// <summary>What is said to have mapped a record; null for the choice of its source.</summary>
    public Func<RecordOrigin, ProfileChoice?>? Chooses { get; init; }

    public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        if (!utf8.Span.TrimStart(" \t\r\n"u8).StartsWith("{\"records\":"u8))
        {
            return MapAlone(utf8, origin);
        }

        var parts = Parts(utf8);
        return parts.Count > 1 ? MapResult.Holding(parts) : MapAlone(utf8.Slice(parts[0].Offset, parts[0].Length), origin);
    }

    private MapResult MapAlone(ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        Origins.Add(origin);
        return _mapper.Map(utf8, origin) with { Profile = Chooses is null ? origin.Profile : Chooses(origin) };
    }

    private static List<RecordPart> Parts(ReadOnlyMemory<byte> utf8)
    {
        var parts = new List<RecordPart>();
        var reader = new Utf8JsonReader(utf8.Span);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.CurrentDepth == 2)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var length = (int)reader.BytesConsumed - start;
                byte[] alone = [.. "{\"records\":["u8, .. utf8.Span.Slice(start, length), .. "]}"u8];
                parts.Add(new RecordPart(alone, start, length));
            }
        }

        return parts;
    }
}
