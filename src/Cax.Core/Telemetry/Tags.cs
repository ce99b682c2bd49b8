using System.Globalization;

namespace Cax.Core.Telemetry;

/// <summary>The names of tags and those of their values that are not names from the settings or reason codes. Made once: measuring allocates nothing.</summary>
internal static class Tags
{
    public const string Destination = "destination";
    public const string Outcome = "outcome";
    public const string Reason = "reason";
    public const string WhyClosed = "why";
    public const string StatusClass = "status_class";
    public const string Stage = "stage";
    public const string EventName = "event_name";
    public const string Profile = "profile";

    public static readonly KeyValuePair<string, object?> WhilePosting = new(Stage, "posting");
    public static readonly KeyValuePair<string, object?> WhileSettling = new(Stage, "settling");

    private static readonly KeyValuePair<string, object?> Unanswered = new(StatusClass, "none");

    private static readonly KeyValuePair<string, object?>[] Classes =
        [.. Enumerable.Range(0, 10).Select(hundreds => KeyValuePair.Create(StatusClass, (object?)string.Create(CultureInfo.InvariantCulture, $"{hundreds}xx")))];

    public static KeyValuePair<string, object?> Of(OutcomeKind kind) => new(Outcome, kind switch
    {
        OutcomeKind.Sent => "sent",
        OutcomeKind.DeadLettered => "dead_lettered",
        OutcomeKind.Skipped => "skipped",
        _ => "returned",
    });

    public static KeyValuePair<string, object?> Why(BatchClosing why) => new(WhyClosed, why switch
    {
        BatchClosing.Size => "size",
        BatchClosing.Count => "count",
        BatchClosing.Idle => "idle",
        BatchClosing.Room => "room",
        _ => "end",
    });

    public static KeyValuePair<string, object?> Why(ClosingCause why) => new(WhyClosed, why switch
    {
        ClosingCause.Breaker => "breaker",
        ClosingCause.RetryAfter => "retry_after",
        ClosingCause.Misconfigured => "misconfigured",
        _ => "refuses_all",
    });

    public static KeyValuePair<string, object?> Class(int? status) => status is { } code && code / 100 < Classes.Length ? Classes[code / 100] : Unanswered;
}
