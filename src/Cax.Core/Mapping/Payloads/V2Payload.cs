using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Payloads;

/// <summary>An event as CAX wants it, or nearly so (CAX reference 3.2).</summary>
/// <remarks>This is no profile, because there is nothing to map: an event that conforms keeps its bytes, and any other keeps all its members.</remarks>
internal sealed class V2Payload(EventNormaliser normaliser) : IPayloadConverter
{
    public string Shape => "a CAX event (event_name)";

    public bool Recognises(JsonTape tape) => tape.Has(PayloadNames.EventName);

    public MapResult Convert(JsonElement payload, ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        var draft = Draft.Begin(utf8, origin.Source);
        draft.Root.Load(payload);
        NumericIds.Normalise(draft.Root);
        return normaliser.Finish(draft);
    }
}
