using Cax.Core.Events;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Profiles.Records;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles;

/// <summary>Maps a record by a profile.</summary>
internal sealed class ProfileMapper(EventNormaliser normaliser)
{
    /// <param name="tape">The message, parsed.</param>
    /// <param name="message">Its bytes.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="origin">Where the message came from.</param>
    /// <param name="trace">Told what the profile looks at; null when nobody asks.</param>
    public MapResult Map(JsonTape tape, ReadOnlyMemory<byte> message, Profile profile, RecordOrigin origin, ProfileTrace? trace = null)
    {
        var at = Evaluation.Begin(tape, origin);
        at.Trace = trace;
        var found = RecordFinder.Find(at, profile, message);
        if (found.Parts is { } parts)
        {
            return MapResult.Holding(parts);
        }

        if (found.Instead is { } instead)
        {
            return instead;
        }

        at.Record = found.Node;
        var result = Map(at, profile, message);
        if (tape.Twin >= 0)
        {
            return MapResult.Parked(
                ReasonCodes.DuplicateKey, $"The name at {NodePath.Of(tape, tape.Twin)} stands twice in its object, so nobody can know which value is meant.", []);
        }

        return at.MayGoOn
            ? result
            : MapResult.Parked(ReasonCodes.TooCostly, "The record has so many values, or such long texts, for each element of its lists that mapping it would take too long.", []);
    }

    private MapResult Map(Evaluation at, Profile profile, ReadOnlyMemory<byte> message)
    {
        foreach (var skip in profile.Skips)
        {
            if (skip.When.Holds(at))
            {
                return skip.Parks
                    ? MapResult.Parked(ReasonCodes.ProfileRule, $"{skip.Name}: {skip.Note ?? "a rule of the profile parks such records"}", [])
                    : MapResult.Skipped(skip.Name);
            }
        }

        MapResult? result = null;
        List<CaxEvent>? events = null;
        foreach (var plan in profile.Events)
        {
            var holds = plan.When?.Holds(at) != false;
            at.Trace?.Asked(plan.Name, holds);
            if (!holds)
            {
                continue;
            }

            var one = Make(at, profile, plan, message);
            if (one.ParkedBecause is not null)
            {
                return one;
            }

            if (result is not null)
            {
                events ??= [.. result.Events];
                events.AddRange(one.Events);
                one = MapResult.Mapped(events, [.. result.Findings, .. one.Findings]);
            }

            result = one;
        }

        return result ?? None(profile);
    }

    private MapResult Make(Evaluation at, Profile profile, EventPlan plan, ReadOnlyMemory<byte> message)
    {
        var draft = Draft.Begin(message, profile.Source);
        at.Draft = draft;
        plan.Fill(at, draft);
        at.Draft = null;
        if (draft.Errors == 0)
        {
            return normaliser.Finish(draft);
        }

        var (errors, findings) = (draft.Errors, draft.Findings);
        draft.End();
        var first = findings.First(finding => finding.Severity == Severity.Error);
        var others = errors == 1 ? "" : FormattableString.Invariant($" {errors - 1} more are missing: see the findings.");
        return MapResult.Parked(ReasonCodes.IncompleteRecord, $"{first.Path}: {first.Message}{others}", findings);
    }

    private static MapResult None(Profile profile) => profile.Otherwise is { } rule
        ? MapResult.Skipped(rule)
        : MapResult.Parked(
            ReasonCodes.NoEvent, $"The profile {profile.Name} makes {string.Join(", ", profile.Events.Select(plan => plan.Name).Distinct())}, and the record is meant for none of them.", []);
}
