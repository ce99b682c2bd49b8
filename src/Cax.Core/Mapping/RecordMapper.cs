using System.Text.Json;
using Cax.Core.Mapping.Messages;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Payloads;

namespace Cax.Core.Mapping;

/// <summary>
/// Makes a CAX v2 event out of one JSON record: the connector's own message, a CAX v2 event, a CAX v1 event or a SegmentStream hit.
/// Safe to use from several threads.
/// </summary>
/// <remarks>
/// A v2 event that already conforms keeps its bytes. Anything else is written once, compactly, with values that need no change copied as
/// they are. What cannot be mapped is parked with a reason code; nothing a record holds makes this throw.
/// </remarks>
public sealed class RecordMapper : IRecordMapper
{
    private readonly IPayloadConverter[] _converters;
    private readonly MapResult _unknown;

    public RecordMapper(MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var normaliser = new EventNormaliser(options);
        _converters =
        [
            new OwnMessage(normaliser),
            new SegmentStreamHit(normaliser),
            new V1Payload(normaliser),
            new V2Payload(normaliser),
        ];
        var shapes = string.Join(", ", _converters.Select(converter => converter.Shape));
        _unknown = MapResult.Parked(ReasonCodes.UnknownPayload, $"The record is none of the known shapes: {shapes}.", []);
    }

    /// <inheritdoc/>
    public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var record = RecordParser.Trim(utf8);
        using var document = RecordParser.Parse(record, out var parked);
        return document is null ? parked! : Map(document.RootElement, record, origin);
    }

    private MapResult Map(JsonElement payload, ReadOnlyMemory<byte> record, RecordOrigin origin)
    {
        if (payload.ValueKind == JsonValueKind.Object)
        {
            foreach (var converter in _converters)
            {
                if (converter.Recognises(payload))
                {
                    return converter.Convert(payload, record, origin);
                }
            }
        }

        return _unknown;
    }
}
