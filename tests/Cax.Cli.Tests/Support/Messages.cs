using System.Globalization;

namespace Cax.Cli.Tests.Support;

/// <summary>Records as senders write them, of an hour ago.</summary>
internal static class Messages
{
    private const string LeadWithConsent =
        """{"type":"lead.created","version":1,"source":"shop","occurredAt":"TIME","lead":{"id":"ID","method":"form","custom":{"remark":"REMARK"}},"customer":{"id":"C-ID","email":"jane.roe@example.com"},"consent":{"categories":["1"]}}""";

    private const string SignUp =
        """{"event_name":"sign_up","user":{USER"consistent_anonymous_id":"a","consent_categories":["1"]},"context":{"event_id":"ID","event_timestamp":TIME}}""";

    public static string Lead(string id, string remark = "fine", bool consent = true) =>
        (consent ? LeadWithConsent : LeadWithConsent.Replace(",\"consent\":{\"categories\":[\"1\"]}", "", StringComparison.Ordinal))
        .Replace("TIME", Hour().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("ID", id, StringComparison.Ordinal)
        .Replace("REMARK", remark, StringComparison.Ordinal);

    public static string Event(string id, string user = "\"id\":\"C-1\",") => SignUp
        .Replace("USER", user, StringComparison.Ordinal)
        .Replace("ID", id, StringComparison.Ordinal)
        .Replace("TIME", Hour().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static DateTimeOffset Hour() => DateTimeOffset.UtcNow.AddHours(-1);
}
