namespace Cax.Core;

/// <summary>The reasons for which a record or event is parked, skipped or returned. The README explains each to its reader.</summary>
public static class ReasonCodes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(ReasonCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>Reading: the input holds nothing at all.</summary>
    public const string EmptyInput = "empty_input";

    /// <summary>Reading: not JSON.</summary>
    public const string MalformedJson = "malformed_json";

    /// <summary>Reading: a row of a CSV file that breaks the rules of quoting, or has more or fewer fields than the header; it costs its whole group.</summary>
    public const string MalformedRow = "malformed_row";

    /// <summary>Reading: the header of a CSV file that no profile knows, or that cannot be read. The file is left as it is.</summary>
    public const string UnknownHeader = "unknown_header";

    /// <summary>Reading: rows of a group that came before in the file, and ended: they are not a second order.</summary>
    public const string GroupAgain = "group_again";

    /// <summary>Reading: the body of a message is of a kind that holds no bytes; it rests in its queue's own dead-letter queue.</summary>
    public const string UnreadableBody = "unreadable_body";

    /// <summary>Reading: above <c>Cax__Sources__MaxRecordBytes</c>; parked by reference.</summary>
    public const string RecordTooLarge = "record_too_large";

    /// <summary>Mapping: bytes that are not UTF-8, or an escaped half of a surrogate pair.</summary>
    public const string InvalidText = "invalid_text";

    /// <summary>Mapping: nested deeper than 64 levels.</summary>
    public const string TooDeep = "too_deep";

    /// <summary>Mapping: one object has the same name twice, so nobody can know which value is meant.</summary>
    public const string DuplicateKey = "duplicate_key";

    /// <summary>Mapping: none of the shapes the connector knows.</summary>
    public const string UnknownPayload = "unknown_payload";

    /// <summary>Mapping: the record breaks the contract of its shape.</summary>
    public const string InvalidMessage = "invalid_message";

    /// <summary>Mapping: the profile found nothing for a property that the event must have.</summary>
    public const string IncompleteRecord = "incomplete_record";

    /// <summary>Mapping: a rule of the profile parks such records; the detail names it.</summary>
    public const string ProfileRule = "profile_rule";

    /// <summary>Mapping: none of the profile's events is meant for such a record.</summary>
    public const string NoEvent = "no_event";

    /// <summary>Mapping: there is no profile of the name that was asked for.</summary>
    public const string UnknownProfile = "unknown_profile";

    /// <summary>Mapping: the profile that was asked for has mistakes.</summary>
    public const string InvalidProfile = "invalid_profile";

    /// <summary>Mapping: several profiles know the shape of the record, and nothing says which is meant.</summary>
    public const string AmbiguousProfile = "ambiguous_profile";

    /// <summary>Mapping: working out the record would take too long.</summary>
    public const string TooCostly = "too_costly";

    /// <summary>Mapping: nothing says what the person consented to.</summary>
    public const string ConsentUnknown = "consent_unknown";

    /// <summary>Validation: the event breaks a rule of the CAX reference.</summary>
    public const string InvalidEvent = "invalid_event";

    /// <summary>Packing: above <c>Cax__Events__MaxBytes</c>.</summary>
    public const string EventTooLarge = "event_too_large";

    /// <summary>Duplicates: an id that the sender chose came twice with different content.</summary>
    public const string EventIdConflict = "event_id_conflict";

    /// <summary>Delivery: refused alone while others were accepted.</summary>
    public const string Refused = "refused";

    /// <summary>Delivery: refused alone, nothing accepted as proof, and no try left.</summary>
    public const string RefusedUnconfirmed = "refused_unconfirmed";

    /// <summary>Delivery: the endpoint did not answer usefully.</summary>
    public const string EndpointUnavailable = "endpoint_unavailable";

    /// <summary>Delivery: the endpoint says that address or key are wrong.</summary>
    public const string EndpointMisconfigured = "endpoint_misconfigured";

    /// <summary>Delivery: everything is refused.</summary>
    public const string EndpointRefusesAll = "endpoint_refuses_all";

    /// <summary>The dead letter could not be written, so the event stays in its source.</summary>
    public const string DeadLettersUnavailable = "dead_letters_unavailable";

    /// <summary>The settings name no destination of that name.</summary>
    public const string UnknownDestination = "unknown_destination";

    /// <summary>The source broke off while it was read.</summary>
    public const string SourceUnreadable = "source_unreadable";

    /// <summary>The run was interrupted.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The source did not leave the delivery to us for long enough: somebody else may have it by now.</summary>
    public const string LockLost = "lock_lost";

    /// <summary>Skipped: the same event came before in this run.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Skipped: a newer version of the same event is sent.</summary>
    public const string Superseded = "superseded";

    /// <summary>Skipped: sent earlier by this process.</summary>
    public const string AlreadySent = "already_sent";
}
