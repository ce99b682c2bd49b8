using Cax.Core.Mapping.Messages;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Payloads;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping;

/// <summary>
/// Makes CAX v2 events out of one JSON record: by the profile that its source chose; else as the connector's own message, a CAX v2 event, a CAX v1
/// event or a SegmentStream hit; else by the one profile that knows its shape. Safe to use from several threads.
/// </summary>
/// <remarks>
/// A v2 event that already conforms keeps its bytes. Anything else is written once, compactly, with values that need no change copied as
/// they are. What cannot be mapped is parked with a reason code; nothing a record holds makes this throw.
/// </remarks>
public sealed class RecordMapper : IRecordMapper
{
    private readonly Func<ProfileCatalog> _catalog;
    private readonly ProfileMapper _profiles;
    private readonly IPayloadConverter[] _before;
    private readonly IPayloadConverter[] _after;

    /// <param name="options">What mapping depends on.</param>
    /// <param name="catalog">The profiles at this moment; null for the built-in ones.</param>
    public RecordMapper(MappingOptions options, Func<ProfileCatalog>? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var normaliser = new EventNormaliser(options);
        _catalog = catalog ?? (static () => ProfileCatalog.BuiltIn);
        _profiles = new ProfileMapper(normaliser);

        // Version 1 has few marks of its own, so whatever a profile knows is asked for first. An event_name is nothing but CAX's own.
        _before = [new OwnMessage(normaliser), new SegmentStreamHit(normaliser)];
        _after = [new V1Payload(normaliser), new V2Payload(normaliser)];
    }

    /// <inheritdoc/>
    public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin) => Map(utf8, origin, trace: null);

    /// <summary>As the other, and writes down what a profile looked at.</summary>
    internal MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin, ProfileTrace? trace)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var record = RecordParser.Trim(utf8);
        if (RecordParser.Read(record, out var parked) is not { } tape)
        {
            return parked!;
        }

        MapResult result;
        try
        {
            result = origin.Profile is { } choice ? ByChoice(tape, record, origin, choice, trace) : ByShape(tape, record, origin, trace);
        }
        finally
        {
            tape.End();
        }

        return result.Parts.Count > 0 && utf8.Span.Overlaps(record.Span, out var before) && before > 0
            ? MapResult.Holding([.. result.Parts.Select(part => part with { Offset = part.Offset + before })]) with { Profile = result.Profile }
            : result;
    }

    private MapResult ByChoice(JsonTape tape, ReadOnlyMemory<byte> record, RecordOrigin origin, ProfileChoice choice, ProfileTrace? trace)
    {
        var catalog = _catalog();
        if (catalog.Find(choice.Name) is { } profile)
        {
            return _profiles.Map(tape, record, profile, origin, trace) with { Profile = profile.ChosenBy(choice.By) };
        }

        return catalog.IsBroken(choice.Name)
            ? MapResult.Parked(ReasonCodes.InvalidProfile, "The profile that was asked for has mistakes; cax profiles check tells them. Repair it and replay.", [])
            : MapResult.Parked(ReasonCodes.UnknownProfile, $"There is no profile of the name that was asked for. There are: {string.Join(", ", catalog.Names)}.", []);
    }

    private MapResult ByShape(JsonTape tape, ReadOnlyMemory<byte> record, RecordOrigin origin, ProfileTrace? trace)
    {
        if (Recognised(_before, tape) is { } early)
        {
            return Convert(early, record, origin);
        }

        if (tape.Find(0, PayloadNames.EventName) < 0)
        {
            var (profile, others) = _catalog().Recognise(tape, origin);
            if (others.Count > 0)
            {
                var names = string.Join(", ", others.Prepend(profile!).Select(one => one.Name));
                return MapResult.Parked(
                    ReasonCodes.AmbiguousProfile, $"Several profiles know the shape of the record: {names}. Say which is meant, with the message property cax-profile.", []);
            }

            if (profile is not null)
            {
                return _profiles.Map(tape, record, profile, origin, trace) with { Profile = profile.ChosenBy(ProfileRule.Shape) };
            }
        }

        return Recognised(_after, tape) is { } late ? Convert(late, record, origin) : Unknown(record);
    }

    private static IPayloadConverter? Recognised(IPayloadConverter[] converters, JsonTape tape)
    {
        foreach (var converter in converters)
        {
            if (converter.Recognises(tape))
            {
                return converter;
            }
        }

        return null;
    }

    private static MapResult Convert(IPayloadConverter converter, ReadOnlyMemory<byte> record, RecordOrigin origin)
    {
        using var document = RecordParser.Parse(record, out var parked);
        return document is null ? parked! : converter.Convert(document.RootElement, record, origin);
    }

    private MapResult Unknown(ReadOnlyMemory<byte> record)
    {
        using var document = RecordParser.Parse(record, out var twice);
        if (document is null)
        {
            return twice!;
        }

        var shapes = string.Join(", ", _before.Concat(_after).Select(converter => converter.Shape));
        var names = string.Join(", ", _catalog().Names);
        return MapResult.Parked(ReasonCodes.UnknownPayload, $"The record is none of the known shapes: {shapes}; nor does one of the profiles know it: {names}.", []);
    }
}
