using Cax.Core;

namespace Cax.Cli.Output;

/// <summary>What the reason codes mean to the person who reads a summary, and what that person can do.</summary>
internal static class ReasonText
{
    private static readonly Dictionary<string, string> All = new(StringComparer.Ordinal)
    {
        [ReasonCodes.EmptyInput] = "The input holds nothing. If that is not meant, look at what writes it.",
        [ReasonCodes.MalformedJson] = "Not JSON. `cax validate FILE` shows line and column of the break.",
        [ReasonCodes.MalformedRow] = "A row that cannot be read: wrong quotes, or more or fewer fields than the header. Correct it in the repair file.",
        [ReasonCodes.UnknownHeader] = "No profile knows these columns. `cax profiles new --from FILE` drafts one; or name one with --profile.",
        [ReasonCodes.GroupAgain] = "Rows of an order that came before in the file. Sort the file by order, so that its rows follow each other.",
        [ReasonCodes.UnreadableBody] = "The message holds no bytes and rests in its queue's own dead-letter queue. Send the JSON as bytes or text.",
        [ReasonCodes.RecordTooLarge] = "Too large to be held; only a reference is kept. Split the record, or raise Cax__Sources__MaxRecordBytes, and send the file again.",
        [ReasonCodes.InvalidText] = "Holds bytes that are no text. Write the file as UTF-8.",
        [ReasonCodes.TooDeep] = "Nested deeper than 64 levels.",
        [ReasonCodes.DuplicateKey] = "The same name stands twice in one object, so nobody can know which value is meant.",
        [ReasonCodes.UnknownPayload] = "None of the shapes that are known. `cax validate FILE` lists them.",
        [ReasonCodes.InvalidMessage] = "Breaks the contract of its shape. `cax validate FILE` shows what is wrong and where.",
        [ReasonCodes.IncompleteRecord] = "The profile found nothing for a property that the event must have. `cax validate FILE` shows which, and where it looked.",
        [ReasonCodes.NoEvent] = "None of the events of its profile is meant for such a record. Correct the sender, or add a rule to the profile that skips it.",
        [ReasonCodes.ProfileRule] = "A rule of the profile parks such records. The dead letter names the rule and says what to do.",
        [ReasonCodes.UnknownProfile] = "There is no profile of that name. Correct the name; or `cax replay --profile NAME`.",
        [ReasonCodes.InvalidProfile] = "The profile has mistakes. `cax profiles check FILE` shows them; then `cax replay`.",
        [ReasonCodes.AmbiguousProfile] = "Several profiles know its shape. Say which is meant: `cax replay --profile NAME`.",
        [ReasonCodes.TooCostly] = "Mapping it would take too long. Send its records in several messages or lines.",
        [ReasonCodes.ConsentUnknown] = "Nothing says what the person consented to. Send it, or set Cax__Consent__Policy; then `cax replay`.",
        [ReasonCodes.InvalidEvent] = "Breaks a rule of CAX, so CAX would drop it behind a 200. `cax validate FILE` shows which.",
        [ReasonCodes.EventTooLarge] = "Above the bytes that CAX takes for an event. The dead letter names the heaviest parts.",
        [ReasonCodes.EventIdConflict] = "One event id was given to two different events. Give each its own.",
        [ReasonCodes.Refused] = "The endpoint refused this event alone, while it took others. Once that is mended: `cax replay --reason refused`.",
        [ReasonCodes.RefusedUnconfirmed] = "Refused alone, and nothing else was taken as proof that the endpoint works. Later: `cax replay`.",
        [ReasonCodes.EndpointUnavailable] = "The endpoint did not answer usefully. Nothing is wrong with the records: send them again later.",
        [ReasonCodes.EndpointMisconfigured] = "The endpoint says that address, site or key are wrong. Check the settings and send again.",
        [ReasonCodes.EndpointRefusesAll] = "Refused, and nothing was taken that would prove that the endpoint takes events at all. Send again; if that changes nothing, ask CAX.",
        [ReasonCodes.DeadLettersUnavailable] = "The dead letter could not be written. See to the place where they go, and send again.",
        [ReasonCodes.UnknownDestination] = "The settings name no destination of this name.",
        [ReasonCodes.SourceUnreadable] = "The input broke off while it was read. Send it again: what was sent keeps its ids.",
        [ReasonCodes.LockLost] = "The source took it back before it could be sent. It comes again by itself.",
        [ReasonCodes.Interrupted] = "The run was interrupted. Send again: what was sent keeps its ids.",
        [ReasonCodes.Duplicate] = "The same event came before in this run.",
        [ReasonCodes.Superseded] = "A newer version of the same event was sent in its place.",
        [ReasonCodes.AlreadySent] = "It was sent before.",
    };

    public static bool IsKnown(string reason) => All.ContainsKey(reason);

    public static string Of(string reason) => All.GetValueOrDefault(reason, "A rule of the profile of this name skips such records.");
}
