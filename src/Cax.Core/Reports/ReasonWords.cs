namespace Cax.Core.Reports;

/// <summary>What a reason means to a person who does not know the codes, and what helps.</summary>
/// <param name="Meaning">A phrase without a full stop: "A row that cannot be read".</param>
/// <param name="Advice">A sentence that says what to do.</param>
/// <param name="Cure">Where the fault lies.</param>
public sealed record ReasonWords(string Meaning, string Advice, Cure Cure)
{
    private static readonly ReasonWords ByRule = new("A rule of this name in the profile skips it", "Nothing to do, unless the rule is wrong.", Cure.None);

    private static readonly Dictionary<string, ReasonWords> Known = new()
    {
        [ReasonCodes.EmptyInput] = new("Nothing in it", "Look at what writes the file.", Cure.Data),
        [ReasonCodes.MalformedJson] = new("Not JSON", "Correct the text at that place: cax validate FILE shows line and column.", Cure.Data),
        [ReasonCodes.MalformedRow] = new("A row that cannot be read", "Correct its quotes and the number of its fields. All rows of its group wait for it.", Cure.Data),
        [ReasonCodes.UnknownHeader] = new("Columns that no profile knows", "Name one with --profile, or draft one with cax profiles new --from FILE.", Cure.Mapping),
        [ReasonCodes.GroupAgain] = new("Rows of a group that ended earlier in the file", "Sort the file so that all rows of a group stand together.", Cure.Data),
        [ReasonCodes.UnreadableBody] = new("A message that holds no bytes", "Send the JSON as bytes or text.", Cure.Data),
        [ReasonCodes.RecordTooLarge] = new("Too large to be held", "Only a reference is kept: split it, or raise Cax__Sources__MaxRecordBytes, and send it again.", Cure.Data),
        [ReasonCodes.InvalidText] = new("Bytes that are no text", "Name the encoding of the file in its profile, or correct those bytes.", Cure.Data),
        [ReasonCodes.TooDeep] = new("Nested too deep", "Write it with at most 64 levels.", Cure.Data),
        [ReasonCodes.DuplicateKey] = new("The same name twice in one object", "Leave one of the two values out: nobody can know which is meant.", Cure.Data),
        [ReasonCodes.UnknownPayload] = new("None of the shapes that are known", "Correct what writes it, or write a profile for this shape. cax validate FILE lists those that are known.", Cure.Mapping),
        [ReasonCodes.InvalidMessage] = new("Breaks the contract of its shape", "Correct the values that cax validate FILE names.", Cure.Data),
        [ReasonCodes.IncompleteRecord] = new("Something is missing that the event must have", "Fill it in, or tell the profile where else to look. cax validate FILE shows which, and where it looked.", Cure.Data),
        [ReasonCodes.ProfileRule] = new("A rule of the profile parks it", "Do what the rule says: the dead letter names it.", Cure.Data),
        [ReasonCodes.NoEvent] = new("No event of the profile is meant for it", "Correct it, or add a rule to the profile that skips such records.", Cure.Mapping),
        [ReasonCodes.UnknownProfile] = new("No profile of the name that was asked for", "Correct the name, or add the profile.", Cure.Mapping),
        [ReasonCodes.InvalidProfile] = new("The profile that was asked for has mistakes", "Correct them: cax profiles check shows them.", Cure.Mapping),
        [ReasonCodes.AmbiguousProfile] = new("Several profiles know it", "Say which is meant: by the folder of the file, or with --profile NAME.", Cure.Mapping),
        [ReasonCodes.TooCostly] = new("Takes too long to work out", "Write its parts as several messages or lines.", Cure.Data),
        [ReasonCodes.ConsentUnknown] = new("Nothing says what the person consented to", "Send it, or set Cax__Consent__Policy, then replay the dead letter.", Cure.Mapping),
        [ReasonCodes.InvalidEvent] = new("Breaks a rule of CAX", "CAX would drop it behind a 200: correct the values that cax validate FILE names.", Cure.Data),
        [ReasonCodes.EventTooLarge] = new("The event is too large for CAX", "Shorten the parts that the dead letter names.", Cure.Data),
        [ReasonCodes.EventIdConflict] = new("One event id for two different events", "Give each its own id.", Cure.Data),
        [ReasonCodes.Refused] = new("Refused by CAX, which took others", "Look at it and ask CAX, then replay it.", Cure.Endpoint),
        [ReasonCodes.RefusedUnconfirmed] = new("Refused by CAX, and nothing was taken meanwhile that proves that it takes events at all", "Replay it later.", Cure.Endpoint),
        [ReasonCodes.EndpointUnavailable] = new("CAX did not answer", "Nothing is wrong with it: replay it, or send it again, when CAX answers.", Cure.Endpoint),
        [ReasonCodes.EndpointMisconfigured] = new("CAX says that the address or the key is wrong", "Correct address, site and key, then replay it or send it again.", Cure.Endpoint),
        [ReasonCodes.EndpointRefusesAll] = new("CAX refused everything", "Look at site and key, then replay it or send it again. If that changes nothing, ask CAX.", Cure.Endpoint),
        [ReasonCodes.DeadLettersUnavailable] = new("Its dead letter could not be written", "See to the place where dead letters go. Then it is read again, or send it again.", Cure.None),
        [ReasonCodes.UnknownDestination] = new("No destination of that name in the settings", "Correct the folder of the file, or the settings.", Cure.Mapping),
        [ReasonCodes.SourceUnreadable] = new("It broke off while it was read", "It is read again, or send it again: what was sent keeps its ids.", Cure.None),
        [ReasonCodes.Interrupted] = new("The run was interrupted", "The next run goes on, or send it again: what was sent keeps its ids.", Cure.None),
        [ReasonCodes.LockLost] = new("The source took it back before it could be sent", "Nothing to do: it comes again by itself.", Cure.None),
        [ReasonCodes.Duplicate] = new("The same event came before in this run", "Nothing to do.", Cure.None),
        [ReasonCodes.Superseded] = new("A newer version of the same event was sent", "Nothing to do.", Cure.None),
        [ReasonCodes.AlreadySent] = new("It was sent before", "Nothing to do.", Cure.None),
    };

    /// <summary>Both as sentences.</summary>
    public string Text => $"{Meaning}. {Advice}";

    /// <summary>The words for a reason code; any other name is that of a rule.</summary>
    public static ReasonWords Of(string reason) => Known.GetValueOrDefault(reason, ByRule);
}

/// <summary>Where the fault of a record lies, and so what brings it to CAX.</summary>
public enum Cure
{
    /// <summary>There is nothing to do.</summary>
    None,

    /// <summary>In the record: it is corrected and sent again.</summary>
    Data,

    /// <summary>In a profile or setting: that is changed, and the dead letter is replayed.</summary>
    Mapping,

    /// <summary>At CAX: the dead letter is replayed when the cause is gone.</summary>
    Endpoint,
}
