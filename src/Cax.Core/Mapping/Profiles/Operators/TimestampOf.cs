using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A point in time, in one of several formats. A text without an offset needs a zone, for nobody knows otherwise when it was.</summary>
internal sealed class TimestampOf(Operator input, TimeFormat[] formats, Operator? zone, TimeOnly hour) : Operator
{
    private readonly TimeZoneInfo? _zone = zone switch
    {
        Constant constant => Find(constant.Shown),
        Parameter { Text: { } name } => Find(name),
        _ => null,
    };

    public override IEnumerable<string> Places => [.. input.Places, .. zone?.Places ?? []];

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given))
        {
            return false;
        }

        if (given.Form == ValueForm.Time)
        {
            value = given;
            return true;
        }

        if (!at.TryText(given, out var text) || TimeTexts.IsNone(text.Span))
        {
            return false;
        }

        foreach (var format in formats)
        {
            if (format.TryRead(text.Span, _zone, hour, out var milliseconds))
            {
                value = Value.OfTime(milliseconds);
                return true;
            }
        }

        at.Complain(given, _zone is null ? "is no time in the format that the profile gives, or it lacks a zone" : "is no time in the format that the profile gives");
        return false;
    }

    /// <summary>A zone by its name, such as <c>Europe/Paris</c>; null when there is none of that name.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Equals("UTC", StringComparison.OrdinalIgnoreCase) ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}
