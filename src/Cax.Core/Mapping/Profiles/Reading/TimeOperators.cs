using System.Text.Json;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the operators for times and dates.</summary>
internal sealed class TimeOperators(ReadingContext context, ExpressionReader expressions)
{
    private static readonly string ExpectedFormat = $"must be one of {Quoted.List(TimeFormat.Names)}, or a pattern such as \"dd/MM/yyyy HH:mm\"";

    private static readonly TimeOnly Noon = new(12, 0);

    public Expression? Read(string name, Spot main, MemberTable members, Scope scope)
    {
        var input = expressions.Read(main, scope);
        var formats = members.TryGet("format", out var spot) ? Formats(spot) : Iso();
        if (name == "date")
        {
            return input is null || formats is null ? null : input.Through(new DateOf(input.One, formats));
        }

        var hasZone = members.TryGet("zone", out spot);
        var zone = hasZone ? Zone(spot) : null;
        var at = members.TryGet("at", out spot) ? context.Values.TimeOfDay(spot) : Noon;
        return input is null || formats is null || (hasZone && zone is null) || at is null
            ? null
            : input.Through(new TimestampOf(input.One, formats, zone, at.Value));
    }

    /// <summary>The time of an event: a timestamp, or a choice among some.</summary>
    public static bool IsTime(Spot spot, ReadingContext context)
    {
        if (spot.Member("timestamp") is not null || spot.Member("received") is not null)
        {
            return true;
        }

        if (spot.Member("first") is { Kind: JsonValueKind.Array } parts)
        {
            return parts.Elements().ToList().TrueForAll(part => IsTime(part, context));
        }

        if (spot.Member("when") is not null && spot.Member("then") is { } then)
        {
            var isThen = IsTime(then, context);
            return (spot.Member("else") is not { } otherwise || IsTime(otherwise, context)) && isThen;
        }

        context.Problems.Add(
            spot, "must be a timestamp, or a first or when of timestamps",
            spot.Text is { Length: < 100 } path ? $"{{\"timestamp\": {Quoted.Text(path)}}}" : "{\"timestamp\": …}");
        return false;
    }

    private static TimeFormat[] Iso() => TimeFormat.TryParse("iso", out var iso) ? [iso!] : [];

    private TimeFormat[]? Formats(Spot spot) => spot.Kind == JsonValueKind.Array ? context.Values.List(spot, Format)
        : Format(spot) is { } one ? [one]
        : null;

    private TimeFormat? Format(Spot spot)
    {
        if (context.Values.Text(spot) is not { } text)
        {
            return null;
        }

        if (!TimeFormat.TryParse(text, out var format))
        {
            context.Problems.Add(spot, ExpectedFormat, NearestName.Of(text, TimeFormat.Names) ?? TimeFormat.Mend(text));
        }

        return format;
    }

    private Operator? Zone(Spot spot)
    {
        if (spot.Kind == JsonValueKind.Object)
        {
            return ZoneParameter(spot);
        }

        if (context.Values.Text(spot) is not { } name)
        {
            return null;
        }

        if (IsZone(name))
        {
            return Constant.Of(name);
        }

        context.Problems.Add(spot, "is no time zone; expected \"UTC\", a name such as \"Europe/Paris\", or {\"parameter\": …}", Nearest(name));
        return null;
    }

    private Parameter? ZoneParameter(Spot spot)
    {
        if (MemberTable.Read(spot, "a time zone", context.Problems)?.Expect("a time zone", ["parameter"]) is not { } members
            || !members.TryGet("parameter", out var name) || expressions.NamedParameter(name) is not { } parameter)
        {
            return null;
        }

        if (context.Parameters[name.Text!] is { } value && !IsZone(value))
        {
            context.Problems.Add(spot, $"the parameter {Quoted.Text(name.Text!)} is no time zone; set it to \"UTC\" or a name such as \"Europe/Paris\"", Nearest(value));
            return null;
        }

        return parameter;
    }

    private static bool IsZone(string name) => TimestampOf.Find(name) is not null;

    private static string? Nearest(string name) => NearestName.Of(name, [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)]);
}
