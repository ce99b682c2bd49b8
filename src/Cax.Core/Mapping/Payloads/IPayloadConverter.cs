using System.Text.Json;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Payloads;

/// <summary>One shape of record. The mapper asks its converters in order; the first that recognises a record converts it.</summary>
internal interface IPayloadConverter
{
    /// <summary>The shape in a few words, for the person who sent something else.</summary>
    string Shape { get; }

    /// <param name="tape">A JSON object.</param>
    bool Recognises(JsonTape tape);

    MapResult Convert(JsonElement payload, ReadOnlyMemory<byte> utf8, RecordOrigin origin);
}
